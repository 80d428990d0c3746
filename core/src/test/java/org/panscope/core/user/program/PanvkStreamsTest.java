package org.panscope.core.user.program;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.panscope.core.isa.CsWords;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/// What the program records is, word for word, what panvk records at the same addresses.
class PanvkStreamsTest {
    private static final PanvkStreams.Shaders SHADERS =
            new PanvkStreams.Shaders(
                    0x7ffd_0000_0004L, 0x7ffd_0000_1000L, 0x7ffd_0000_2000L, 0x7ffd_0000_3000L);

    private static long[] reference(String name) throws IOException {
        String path = "/org/panscope/core/isa/" + name;
        try (InputStream in = PanvkStreamsTest.class.getResourceAsStream(path)) {
            String text =
                    new String(
                            Objects.requireNonNull(in, path).readAllBytes(),
                            StandardCharsets.UTF_8);
            return text.lines()
                    .mapToLong(line -> Long.parseUnsignedLong(line.substring(0, 16), 16))
                    .toArray();
        }
    }

    @Test
    void initialisation() throws IOException {
        assertArrayEquals(
                reference("stream-init.txt"),
                PanvkStreams.initialise(0x7ffe_0000_1000L, 0x7ffe_0000_5000L));
        assertArrayEquals(
                new long[] {CsWords.move48(90, 0x7ffe_0000_1000L)},
                PanvkStreams.initialise(0x7ffe_0000_1000L, 0));
    }

    @Test
    void dispatch() throws IOException {
        assertArrayEquals(
                reference("stream-dispatch.txt"), PanvkStreams.dispatch(SHADERS, 16, 16, 1));
    }

    @Test
    void draw() throws IOException {
        assertArrayEquals(
                reference("stream-draw.txt"), PanvkStreams.draw(SHADERS, 0x7ffd_0001_0000L, 3, 1));
    }

    @Test
    void renderPass() throws IOException {
        assertArrayEquals(
                reference("stream-render-pass.txt"),
                PanvkStreams.renderPass(0x7ffd_0002_0000L, 0x7ffd_0001_0000L, 1280, 720));
    }

    @Test
    void waitForAPointOfAnotherSubqueueIsTheEndOfABarrier() throws IOException {
        long[] barrier = reference("stream-barrier.txt");
        StreamBuilder stream = new StreamBuilder();
        PanvkStreams.awaitPoint(stream, PanvkSubqueue.FRAGMENT, 1);
        List<Long> expected = new ArrayList<>();
        for (int i = barrier.length - stream.words().length; i < barrier.length; i++) {
            expected.add(barrier[i]);
        }
        assertEquals(expected, List.of(box(stream.words())));
    }

    private static Long[] box(long[] words) {
        return java.util.Arrays.stream(words).boxed().toArray(Long[]::new);
    }
}
