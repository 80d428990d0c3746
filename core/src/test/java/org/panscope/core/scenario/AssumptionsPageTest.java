package org.panscope.core.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

class AssumptionsPageTest {
    private static final Path PAGE = Path.of("..", "docs", "assumptions.md");
    private static final Path SOURCES = Path.of("src", "main", "java", "org", "panscope", "core");
    private static final Pattern NAMED =
            Pattern.compile("ASSUMPTION:[\\s/]+([a-z0-9]+\\.[a-z0-9_]+)");

    /// `-Dpanscope.golden=accept` writes the page instead of comparing it.
    @Test
    void pageInDocsIsWhatTheCodeAssumes() throws IOException {
        String page = AssumptionsPage.markdown();
        if ("accept".equals(System.getProperty("panscope.golden"))) {
            Files.writeString(PAGE, page);
        }
        assertEquals(page, Files.readString(PAGE));
    }

    /// A comment that tags an assumption says which one: `ASSUMPTION: cs.drained`.
    @ParameterizedTest
    @ValueSource(strings = {"hw", "fw", "kernel", "user"})
    void everyAssumptionInTheCodeIsOnThePage(String area) throws IOException {
        Set<String> known = names();
        List<String> unknown = new ArrayList<>();
        for (Path file : sources(SOURCES.resolve(area))) {
            String text = Files.readString(file);
            if (file.toString().endsWith("Assumptions.java")) {
                continue;
            }
            Matcher named = NAMED.matcher(text);
            int count = 0;
            while (named.find()) {
                count++;
                if (!known.contains(named.group(1))) {
                    unknown.add(file + ": " + named.group(1));
                }
            }
            if (count != text.split("ASSUMPTION", -1).length - 1) {
                unknown.add(file + ": an ASSUMPTION without a name");
            }
        }
        assertEquals(List.of(), unknown);
    }

    @Test
    void builtInChoicesHaveNamesOfTheirOwnAndAMeaning() {
        Set<String> parameters = new TreeSet<>();
        ScenarioParameters.all().forEach(parameter -> parameters.add(parameter.name()));
        AssumptionsPage.fixed()
                .forEach((name, doc) -> {
                    assertFalse(parameters.contains(name), name);
                    assertNotEquals(Standing.DEVICE, Explanation.parse(doc).standing(), name);
                    assertTrue(Explanation.parse(doc).meaning().length() > 10, name);
                });
    }

    @Test
    void descriptionComesApart() {
        assertEquals(
                new Explanation("what it means", Standing.INFERRED, "why"),
                Explanation.parse("what it means [I: why]"));
        assertEquals(
                new Explanation("what it means", Standing.OPEN, ""),
                Explanation.parse("what it means [?]"));
        assertEquals(
                new Explanation("bits [7:0]", Standing.DEVICE, ""),
                Explanation.parse("bits [7:0]"));
    }

    private static Set<String> names() {
        Set<String> names = new TreeSet<>(AssumptionsPage.fixed().keySet());
        ScenarioParameters.all().forEach(parameter -> names.add(parameter.name()));
        return names;
    }

    private static List<Path> sources(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(".java")).sorted().toList();
        }
    }
}
