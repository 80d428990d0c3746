package org.panscope.core.isa;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

class IsaPageTest {
    private static final Path PAGE = Path.of("..", "docs", "isa.md");

    /// `-Dpanscope.golden=accept` writes the page instead of comparing it.
    @Test
    void pageInDocsIsTheTablesAsTheyAre() throws IOException {
        String page = IsaPage.markdown();
        if ("accept".equals(System.getProperty("panscope.golden"))) {
            Files.writeString(PAGE, page);
        }
        assertEquals(page, Files.readString(PAGE));
    }
}
