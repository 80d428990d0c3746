package org.panscope.app.shell;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// The sample capture as a board with too small a ring would have recorded it: without some of its
/// events, which the text says where it is the kernel that lost them.
public final class LossyCapture {
    /// Number of stretches lost.
    public static final int LOSSES = 3;

    private static final int FIRST = 700;
    private static final int LOST = 120;
    private static final int SECOND = 1400;
    private static final int DAMAGED = 1800;

    private LossyCapture() {}

    /// Writes the capture into a folder.
    public static Path in(Path folder) throws IOException {
        List<String> lines = Files.readAllLines(WindowFlow.CAPTURE);
        List<String> events = lines.subList(1, lines.size());
        List<String> kept = new ArrayList<>();
        kept.add(lines.getFirst());
        kept.addAll(events.subList(0, FIRST));
        events.subList(FIRST, FIRST + 2 * LOST).stream()
                .filter(line -> line.contains("[000]"))
                .forEach(kept::add);
        kept.add("CPU:1 [" + LOST + " EVENTS DROPPED]");
        kept.addAll(events.subList(FIRST + 2 * LOST, SECOND));
        kept.add("CPU:0 [EVENTS DROPPED]");
        kept.addAll(events.subList(SECOND, DAMAGED));
        kept.add("# ~~ what a serial line made of the next event ~~".substring(2));
        kept.addAll(events.subList(DAMAGED, events.size()));
        Path file = folder.resolve("lossy.txt");
        Files.write(file, kept);
        return file;
    }
}
