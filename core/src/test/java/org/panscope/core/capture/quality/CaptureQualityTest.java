package org.panscope.core.capture.quality;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.panscope.core.capture.CaptureTracks;
import org.panscope.core.capture.quality.Absence.Reach;
import org.panscope.trace.io.EventHeader;
import org.panscope.trace.io.MemoryTrace;
import org.panscope.trace.io.Progress;
import org.panscope.trace.schema.EventTypeInfo;
import org.panscope.trace.schema.Layer;
import org.panscope.trace.tracedat.DatImporter;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicReference;

class CaptureQualityTest {
    private static MemoryTrace sample() throws IOException {
        AtomicReference<MemoryTrace> made = new AtomicReference<>();
        DatImporter.importDat(
                Path.of("../samples/captures/panscope-sample.dat"),
                "sample.dat",
                header -> {
                    MemoryTrace trace = new MemoryTrace(header);
                    made.set(trace);
                    return trace;
                },
                new CaptureTracks(),
                Progress.NONE);
        return Objects.requireNonNull(made.get());
    }

    private static MemoryTrace traceOf(long... timesAndCpus) {
        MemoryTrace trace = new MemoryTrace("test.txt");
        EventTypeInfo type = EventTypeInfo.dynamic("some_event", Layer.HOST, List.of());
        int track = trace.track(-1, "cpus", "cpus");
        for (int i = 0; i < timesAndCpus.length; i += 2) {
            trace.write(
                    new EventHeader(
                            timesAndCpus[i],
                            track,
                            -1,
                            false,
                            (int) timesAndCpus[i + 1],
                            1,
                            "app",
                            null,
                            null),
                    type,
                    new Object[0]);
        }
        return trace;
    }

    @Test
    void everyCpuSaysHowMuchOfTheTimeItCovers() {
        CaptureQuality quality = CaptureQuality.of(traceOf(5, 1, 7, 0, 9, 1, 11, -1));
        assertEquals(
                List.of(
                        new CaptureQuality.CpuEvents(-1, 1, 3, 11, 11),
                        new CaptureQuality.CpuEvents(0, 1, 1, 7, 7),
                        new CaptureQuality.CpuEvents(1, 2, 0, 5, 9)),
                quality.cpus());
    }

    @Test
    void stepsBackInTimeAreCounted() {
        CaptureQuality quality = CaptureQuality.of(traceOf(5, 0, 4, 0, 9, 0, 2, 0));
        assertEquals(new CaptureQuality.Backwards(2, 1L, 7), quality.backwards());
        assertNull(CaptureQuality.of(traceOf(5, 0, 5, 0)).backwards().firstSeq());
    }

    @Test
    void theSampleLacksWhatItsMarkersAndEventsDoNotShow() throws IOException {
        CaptureQuality quality = CaptureQuality.of(sample());
        List<String> missing =
                quality.notRecorded().stream()
                        .filter(absence -> absence.reach() != Reach.NEVER)
                        .map(Absence::what)
                        .toList();
        assertEquals(
                List.of(
                        "masks of job interrupts",
                        "power of shader cores, tiler and L2",
                        "clock rate of the GPU",
                        "memory of the GPU",
                        "values of GPU sync objects",
                        "operations of XGS jobs",
                        "which CSG slot a group holds"),
                missing);
        assertEquals(
                5,
                quality.notRecorded().stream()
                        .filter(absence -> absence.reach() == Reach.NEVER)
                        .count());
        assertEquals(0, quality.pairing().unpaired());
        assertEquals(2, quality.cpus().size());
    }

    @Test
    void aMarkerIsNoEventOfTheKernelOfThatName() {
        List<Absence> absences =
                Expectations.notShownBy(Set.of("print"), Set.of("sched_switch", "db"));
        List<String> missing = absences.stream().map(Absence::what).toList();
        assertTrue(missing.contains("threads on CPUs"));
        assertFalse(missing.contains("ring writes, CS_INSERT and user doorbells"));
    }

    @Test
    void readingIsGivenUpWhenProgressSaysSo() {
        assertThrows(
                CancellationException.class,
                () ->
                        CaptureQuality.of(
                                traceOf(1, 0),
                                done -> {
                                    throw new CancellationException();
                                }));
    }
}
