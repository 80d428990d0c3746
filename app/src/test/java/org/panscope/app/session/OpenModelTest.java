package org.panscope.app.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.panscope.app.fixture.DoorbellTrace;
import org.panscope.app.open.TraceDocument;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

final class OpenModelTest {
    @TempDir Path folder = Path.of("");

    private final List<Runnable> waiting = new ArrayList<>();
    private final List<TraceDocument> opened = new ArrayList<>();
    private final AtomicInteger released = new AtomicInteger();

    private final OpenModel model =
            new OpenModel(
                    new Worker(waiting::add, Runnable::run),
                    (path, progress) -> {
                        if (path.endsWith("bad")) {
                            throw new IOException(path + ": line 3: no header");
                        }
                        progress.report("Reading", 1, 4);
                        TraceDocument trace = DoorbellTrace.open(folder);
                        return new TraceDocument(
                                path,
                                trace.format(),
                                trace.trace(),
                                trace.states(),
                                List.of(),
                                () -> {
                                    trace.close();
                                    released.incrementAndGet();
                                });
                    },
                    opened::add);

    @Test
    void progressIsShownUntilTheTraceArrives() {
        model.open(Path.of("good"));
        assertTrue(model.isOpeningProperty().get());
        waiting.removeFirst().run();
        assertEquals(0.25, model.fractionProperty().get());
        assertEquals("Reading", model.stepProperty().get());
        assertFalse(model.isOpeningProperty().get());
        assertEquals(1, opened.size());
    }

    @Test
    void cancelledWorkIsReleasedAndNeverShown() {
        model.open(Path.of("good"));
        model.cancel();
        assertFalse(model.isOpeningProperty().get());
        waiting.removeFirst().run();
        assertTrue(opened.isEmpty());
        assertEquals(1, released.get());
    }

    @Test
    void aSecondFileOvertakesTheFirst() {
        model.open(Path.of("first"));
        model.open(Path.of("second"));
        waiting.forEach(Runnable::run);
        assertEquals(List.of("second"), opened.stream().map(TraceDocument::name).toList());
        assertEquals(1, released.get());
    }

    @Test
    void aFailureNamesFileAndCause() {
        model.open(Path.of("bad"));
        waiting.removeFirst().run();
        var failure = model.failureProperty().get();
        assertNotNull(failure);
        assertEquals("bad: line 3: no header", failure.cause().getMessage());
        assertFalse(model.isOpeningProperty().get());
    }
}
