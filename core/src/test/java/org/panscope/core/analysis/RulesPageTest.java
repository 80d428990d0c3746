package org.panscope.core.analysis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

class RulesPageTest {
    private static final Path PAGE = Path.of("..", "docs", "rules.md");

    /// `-Dpanscope.golden=accept` writes the page instead of comparing it.
    @Test
    void pageInDocsIsWhatTheRulesSay() throws IOException {
        String page = RulesPage.text();
        if ("accept".equals(System.getProperty("panscope.golden"))) {
            Files.writeString(PAGE, page);
        }
        assertEquals(page, Files.readString(PAGE));
    }

    @Test
    void everyNumberIsThereOnce() {
        List<String> ids = RulesPage.allRules().stream().map(RuleInfo::id).toList();
        for (int i = 1; i <= 36; i++) {
            assertEquals("I" + i, ids.get(i - 1));
        }
        for (int i = 1; i <= 9; i++) {
            assertEquals("C" + i, ids.get(35 + i));
        }
        assertEquals(45, ids.size());
    }

    @Test
    void everyRuleIsASentence() {
        for (RuleInfo rule : RulesPage.allRules()) {
            assertTrue(rule.sentence().endsWith("."), rule.id());
        }
    }
}
