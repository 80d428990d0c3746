package org.panscope.core.input;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/// Inputs the fuzzer once found, and mutations of its seeds: every reader refuses them or reads
/// what is there.
class FoundInputsTest {
    private static final Path FOUND = Path.of("src/test/resources/fuzz");
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final int MUTATIONS = 150;

    /// `<reader>/<input>` below [#FOUND].
    static List<Path> inputs() throws IOException {
        try (Stream<Path> files = Files.walk(FOUND)) {
            return files.filter(Files::isRegularFile).sorted().toList();
        }
    }

    private static InputFormat reader(Path input) {
        return ReaderFuzz.format(FOUND.relativize(input).getName(0).toString());
    }

    @Test
    void everyReaderHasInputs() throws IOException {
        List<InputFormat> missing = new ArrayList<>(List.of(InputFormat.values()));
        missing.removeIf(format ->
                !format.isReadable()
                        || format == InputFormat.RAW_PAGES // trace.dat's pages
                        || format == InputFormat.SCENARIO); // runs for as long as it says
        for (Path input : inputs()) {
            missing.remove(reader(input));
        }
        assertFalse(missing.iterator().hasNext(), () -> "no inputs for " + missing);
    }

    @ParameterizedTest
    @MethodSource("inputs")
    void anInputAndItsMutationsAreReadOrRefused(Path input) throws IOException {
        byte[] bytes = Files.readAllBytes(input);
        InputFormat format = reader(input);
        Random random = new Random(bytes.length);
        assertTimeoutPreemptively(
                LIMIT,
                () -> {
                    ReaderFuzz.read(format, bytes);
                    for (int i = 0; i < MUTATIONS && bytes.length > 0; i++) {
                        byte[] mutated = bytes.clone();
                        for (int j = random.nextInt(4); j >= 0; j--) {
                            mutated[random.nextInt(mutated.length)] = (byte) random.nextInt();
                        }
                        ReaderFuzz.read(format, mutated);
                    }
                });
    }
}
