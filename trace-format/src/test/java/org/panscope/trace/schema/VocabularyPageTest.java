package org.panscope.trace.schema;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

class VocabularyPageTest {
    private static final Path PAGE = Path.of("..", "docs", "events.md");

    /// `-Dpanscope.golden=accept` writes the page instead of comparing it.
    @Test
    void pageInDocsIsTheVocabularyAsItIs() throws IOException {
        String page = VocabularyPage.markdown();
        if ("accept".equals(System.getProperty("panscope.golden"))) {
            Files.writeString(PAGE, page);
        }
        assertEquals(page, Files.readString(PAGE));
    }
}
