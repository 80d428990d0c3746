package org.panscope.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.googlejavaformat.java.Main;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// The house rules that are about text: format, length, leftovers.
class TidyTest {
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final int LONGEST_FILE_LINES = 600;

    @Test
    void everySourceIsFormatted() throws Exception {
        List<String> arguments =
                new ArrayList<>(List.of("--aosp", "--dry-run", "--set-exit-if-changed"));
        sources().forEach(source -> arguments.add(source.toString()));
        StringWriter unformatted = new StringWriter();
        StringWriter errors = new StringWriter();

        int exit =
                new Main(new PrintWriter(unformatted), new PrintWriter(errors), System.in)
                        .format(arguments.toArray(new String[0]));

        assertEquals(0, exit, () -> "run ./format; it would change:\n" + unformatted + errors);
    }

    @Test
    void noFileIsTooLongToRead() {
        List<String> tooLong = new ArrayList<>();
        for (Path source : sources()) {
            int lines = read(source).split("\n", -1).length;
            if (lines > LONGEST_FILE_LINES) {
                tooLong.add(ROOT.relativize(source) + ": " + lines + " lines");
            }
        }
        assertTrue(tooLong.isEmpty(), tooLong::toString);
    }

    @Test
    void nothingIsLeftForLater() {
        List<String> leftovers = new ArrayList<>();
        for (Path source : sources()) {
            String text = read(source);
            for (String word :
                    List.of(
                            "TO" + "DO",
                            "FIX" + "ME",
                            "XX" + "X ",
                            "Thread.sl" + "eep",
                            "@Dis" + "abled")) {
                if (text.contains(word)) {
                    leftovers.add(ROOT.relativize(source) + ": " + word);
                }
            }
        }
        assertTrue(leftovers.isEmpty(), leftovers::toString);
    }

    @Test
    void librariesDoNotPrint() {
        List<String> printing = new ArrayList<>();
        for (Path source : sources()) {
            String name = ROOT.relativize(source).toString();
            boolean library =
                    name.startsWith("trace-format/src/main") || name.startsWith("core/src/main");
            if (library && read(source).contains("System.out")) {
                printing.add(name);
            }
        }
        assertTrue(printing.isEmpty(), printing::toString);
    }

    private static List<Path> sources() {
        List<Path> found = new ArrayList<>();
        for (String module : List.of("trace-format", "core", "app")) {
            try (Stream<Path> files = Files.walk(ROOT.resolve(module).resolve("src"))) {
                files.filter(file -> file.toString().endsWith(".java"))
                        .sorted()
                        .forEach(found::add);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return found;
    }

    private static String read(Path file) {
        try {
            return Files.readString(file, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
