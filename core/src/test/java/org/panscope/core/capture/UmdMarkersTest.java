package org.panscope.core.capture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.panscope.core.isa.Isa;
import org.panscope.core.state.Anomaly;
import org.panscope.core.state.Belief;
import org.panscope.core.state.Cell;
import org.panscope.core.state.EventTranslator;
import org.panscope.core.state.MachineState;
import org.panscope.core.state.ObjectId;
import org.panscope.core.state.ObjectState;
import org.panscope.core.state.ReducedState;
import org.panscope.core.state.StateHistory;
import org.panscope.core.state.view.RingView;
import org.panscope.core.state.view.StreamRow;
import org.panscope.trace.event.TraceEvent;
import org.panscope.trace.io.Event;
import org.panscope.trace.io.MemoryTrace;
import org.panscope.trace.schema.RecordType;
import org.panscope.trace.schema.Vocabulary;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/// The C header of `samples/umd-markers`, compiled and run.
class UmdMarkersTest {
    private static final Path FOLDER = Path.of("../samples/umd-markers");
    private static final List<String> STRICT = List.of("-Wall", "-Wextra", "-Werror", "-pedantic");

    /// Thread group of the example as the tests have it.
    private static final int PROCESS = 150;

    private static final String EXPECTED =
            """
            psm1 hdr umd=example drv=panthor pid=N gpu=Mali-G610 clk=mono ver="1.0 'draft'"
            psm1 note t="frame '1' begins"
            psm1 grp g=1 nq=1 vm=1 prio=1 cmask=0xffffffffffffffff
            psm1 que g=1 q=0 rb=0x7fff01000000 sz=0x1000 mode=user prio=8
            psm1 map va=0x7fff02000000 n=0x1000 op=map bo=3 vm=1
            psm1 rbw g=1 q=0 at=0 n=16 crc=32cf870d
            psm1 rbd g=1 q=0 at=0 d=00100000000048010000000000000000
            psm1 ins g=1 q=0 v=16
            psm1 db g=1 q=0
            psm1 rbw g=1 q=0 at=16 n=1024 crc=efb5af2e
            psm1 rbd g=1 q=0 at=16 d=000000000000000000000000000000000000000000000000000000000000
            psm1 rbd g=1 q=0 at=416 d=000000000000000000000000000000000000000000000000000000000000
            psm1 rbd g=1 q=0 at=816 d=000000000000000000000000000000000000000000000000000000000000
            psm1 ins g=1 q=0 v=1040
            psm1 db g=1 q=0
            psm1 kick g=1 mask=0x1
            psm1 smp g=1 q=0 ins=1040 ext=16 act=1
            psm1 so h=10 op=create
            psm1 xq xq=2 op=create vm=1 ev=1
            psm1 xgs xq=2 id=7 n=2 pre=1
            psm1 xop xq=2 id=7 i=0 op=wait_gt a=0x7fff02000040 v=4 fmt=u32
            psm1 xop xq=2 id=7 i=1 op=signal_add a=0x7fff02000080 v=1 fmt=u64
            psm1 xsy xq=2 id=7 op=signal so=10 pt=3
            psm1 so h=10 op=wait pt=3
            psm1 sv a=0x7fff02000040 v=5 sz=4 vm=1
            psm1 upd
            psm1 evt src=xgs xq=2
            psm1 so h=10 op=waitend pt=3
            psm1 sub g=1 q=0 at=0x7fff03000000 n=64 so=10 pt=4
            psm1 end pid=N
            """;

    private static final String MEANINGS =
            """
            MARK text=frame '1' begins
            GROUP_CREATE_STEP gid=150000001 handle=1 step=returned file_id=150 vm_id=4194454 user_submit=true priority=1 queue_count=1
            QUEUE_CREATED gid=150000001 queue=0 priority=8 ring_va=140733210165248 ring_size=4096
            VM_MAP vm_id=4194454 va=140733226942464 size=4096
            RING_WRITE gid=150000001 queue=0 at=0 length=16 by=user
            RING_WRITE gid=150000001 queue=0 at=0 length=16 data=16 by=user
            INSERT_WRITE gid=150000001 queue=0 new_insert=16 by=user
            DB_RING page=unknown by=user_page intended_gid=150000001 intended_queue=0
            RING_WRITE gid=150000001 queue=0 at=16 length=1024 by=user
            RING_WRITE gid=150000001 queue=0 at=16 length=400 data=400 by=user
            RING_WRITE gid=150000001 queue=0 at=416 length=400 data=400 by=user
            RING_WRITE gid=150000001 queue=0 at=816 length=224 data=224 by=user
            INSERT_WRITE gid=150000001 queue=0 new_insert=1040 by=user
            DB_RING page=unknown by=user_page intended_gid=150000001 intended_queue=0
            KICK gid=150000001 handle=1 mask=1
            USER_LOAD word=insert gid=150000001 queue=0 value=1040
            USER_LOAD word=extract gid=150000001 queue=0 value=16
            USER_LOAD word=active gid=150000001 queue=0 value=1
            SYNCOBJ step=create file_id=150 handle=10
            XGS_QUEUE step=create xq=150000002 handle=2 file_id=150 vm_id=4194454 has_eventfd=true in_flight=0 queued=0
            XGS_JOB xq=150000002 job=150000002000007 step=created ops=2 error=0
            XGS_OP job=150000002000007 index=0 op=wait_gt format=u32 va=140733226942528 operand=4
            XGS_OP job=150000002000007 index=1 op=signal_add format=u64 va=140733226942592 operand=1
            SYNCOBJ step=add_point file_id=150 handle=10 point=3 job=150000002000007
            USER_WAIT_BEGIN kind=syncobj object=syncobj:150.10
            USER_LOAD word=sync_object va=140733226942528 value=5 vm_id=4194454
            SYNC_UPDATE file_id=150
            USER_WAIT_END kind=eventfd object=xgs-queue:150000002 result=0
            USER_WAIT_END kind=syncobj object=syncobj:150.10
            JOB job=28 gid=150000001 queue=0 step=created stream_va=140733243719680 stream_size=64 error=0
            """;

    /// Every marker of a program whose trace_marker is not there.
    private static final String OFF =
            """
            #define _POSIX_C_SOURCE 200809L
            #define PSM1_IMPLEMENTATION
            #include "psm1.h"
            int main(int argc, char **argv)
            {
                const struct psm1_queue q = {0, 1, 0};
                if (argc != 2 || psm1_open(argv[1]) || psm1_is_on() || errno != 0)
                    return 1;
                psm1_ins(q, 8);
                psm1_rbd(q, 0, argv, 8);
                psm1_note(argv[1]);
                psm1_close();
                return psm1_lost() != 0;
            }
            """;

    private static final String THREADS =
            """
            #define _POSIX_C_SOURCE 200809L
            #define PSM1_IMPLEMENTATION
            #include "psm1.h"
            #include <pthread.h>
            static void *work(void *index)
            {
                const struct psm1_queue q = {0, 1, (uint32_t)*(const int *)index};
                uint64_t i;
                for (i = 0; i < 1000; i++)
                    psm1_ins(q, i);
                return NULL;
            }
            int main(int argc, char **argv)
            {
                static const int numbers[4] = {0, 1, 2, 3};
                pthread_t threads[4];
                int i;
                int fd = argc == 2 ? open(argv[1], O_WRONLY | O_CREAT | O_APPEND, 0600) : -1;
                if (fd < 0)
                    return 1;
                psm1_use_fd(fd);
                for (i = 0; i < 4; i++)
                    pthread_create(&threads[i], NULL, work, (void *)&numbers[i]);
                for (i = 0; i < 4; i++)
                    pthread_join(threads[i], NULL);
                psm1_close();
                return psm1_lost() != 0;
            }
            """;

    @TempDir private Path folder;

    @Test
    void exampleWritesTheMarkersAndTheyAreUnderstood() throws Exception {
        List<String> lines = linesOf(compiled("cc", "-std=c99"));

        assertEquals(EXPECTED.lines().toList(), withoutPid(lines));
        lines.forEach(line -> assertTrue(line.length() <= 1000, line));
        CapturedTrace capture = captured(lines);
        assertEquals(List.of(), capture.trace().losses());
        for (Event event : capture.events()) {
            assertNotNull(event.value("verb"), () -> "understood: " + event.value("buf"));
        }
        assertEquals(MEANINGS.lines().toList(), meanings(capture.trace()));
    }

    @Test
    void theFourBeliefsOfAnInstrumentedBoardAreThere() throws Exception {
        CapturedTrace capture = captured(linesOf(compiled("cc", "-std=c99")));
        StateHistory history = TraceReduction.historyOf(capture.trace());
        MachineState state = history.at(capture.trace().eventCount());
        long gid = PROCESS * 1_000_000L + 1;
        ObjectId id = ObjectId.queue(gid, 0);

        ObjectState queue =
                Objects.requireNonNull(state.object(id), state.objects().keySet()::toString);
        assertEquals(1040L, value(queue, Belief.APPLICATION, "insert"));
        assertEquals(16L, value(queue, Belief.APPLICATION, "extract"));
        assertEquals(0x7fff01000000L, value(queue, Belief.KERNEL, "ring_va"));
        assertEquals("user", value(queue, Belief.KERNEL, "mode"));
        assertNull(queue.get(Belief.KERNEL, "ring_bo"), "nobody saw it");
        assertNull(queue.get(Belief.KERNEL, "doorbell_id"), "nobody saw it");

        assertFalse(
                queue.quantities().contains(ObjectState.RING_MEMORY),
                "a number of the reduction's own is shown as a belief");
        RingView ring = Objects.requireNonNull(RingView.around(state, id, 0, Isa.v10()));
        StreamRow second = ring.row(ring.indexOf(16));
        assertEquals(0L, second.word());
        assertEquals("NOP", Objects.requireNonNull(second.reading()).text());

        ObjectState sync =
                Objects.requireNonNull(
                        state.object(ObjectId.sync((1L << 22) + PROCESS, 0x7fff02000040L)));
        assertEquals(5L, value(sync, Belief.APPLICATION, "value"));
        long job = (PROCESS * 1_000_000L + 2) * 1_000_000L + 7;
        ObjectState xgs = Objects.requireNonNull(state.object(ObjectId.of("xgs-job", job)));
        assertEquals("wait_gt u32 0x7fff02000040 4", value(xgs, Belief.KERNEL, "op_0"));
        assertEquals("signal_add u64 0x7fff02000080 1", value(xgs, Belief.KERNEL, "op_1"));
        List<String> unseen = new ArrayList<>();
        for (Anomaly anomaly : ((ReducedState) state).anomalies()) {
            unseen.add(anomaly.object() + ": " + anomaly.message());
        }
        assertEquals(
                List.of(
                        "vm:4194454: its creation was not observed",
                        "file:150: its creation was not observed"),
                unseen);
    }

    private static @Nullable Object value(ObjectState object, Belief belief, String quantity) {
        Cell cell = object.get(belief, quantity);
        return cell == null ? null : cell.value();
    }

    /// The lines as the kernel shows them, one a microsecond.
    private static CapturedTrace captured(List<String> lines) {
        String[] text = new String[lines.size()];
        for (int i = 0; i < text.length; i++) {
            String time = "17.%06d".formatted(700_000 + i);
            String line = lines.get(i).replaceFirst("pid=\\d+", "pid=" + PROCESS);
            text[i] = "         example-150     [001] .....    " + time + ": print: 0xff: " + line;
        }
        return CapturedTrace.of(text);
    }

    private static List<String> meanings(MemoryTrace trace) {
        EventTranslator translator = TraceReduction.translatorFor(trace);
        List<String> texts = new ArrayList<>();
        for (Event event : trace.events()) {
            for (TraceEvent meaning : translator.translate(event)) {
                RecordType type = Vocabulary.get().of(meaning.getClass());
                StringBuilder text = new StringBuilder(type.info().name());
                @Nullable Object[] values = type.values(meaning);
                for (int i = 0; i < values.length; i++) {
                    if (values[i] != null) {
                        Object value = values[i] instanceof byte[] bytes ? bytes.length : values[i];
                        text.append(' ').append(type.info().fields().get(i).name());
                        text.append('=').append(value);
                    }
                }
                texts.add(text.toString());
            }
        }
        return texts;
    }

    @Test
    void theSameSourceIsCxx() throws Exception {
        assertEquals(
                EXPECTED.lines().toList(),
                withoutPid(linesOf(compiled("c++", "-std=c++11", "-x", "c++"))));
    }

    @Test
    void withoutATraceMarkerNothingIsWrittenAndNothingFails() throws Exception {
        Path source = folder.resolve("off.c");
        Files.writeString(source, OFF);
        Path program = compile(source, "cc", "-std=c99", "-I" + FOLDER.toAbsolutePath());

        assertEquals(0, run(program.toString(), folder.resolve("nowhere/trace_marker").toString()));
    }

    @Test
    void threadsDoNotMixTheirLines() throws Exception {
        Path source = folder.resolve("threads.c");
        Files.writeString(source, THREADS);
        Path program =
                compile(source, "cc", "-std=c99", "-pthread", "-I" + FOLDER.toAbsolutePath());
        Path log = folder.resolve("threads.txt");

        assertEquals(0, run(program.toString(), log.toString()));

        int[] next = new int[4];
        for (String line : Files.readAllLines(log)) {
            String[] words = line.split(" ", -1);
            assertEquals("psm1 ins", words[0] + " " + words[1], line);
            int thread = Integer.parseInt(words[3].substring("q=".length()));
            assertEquals("v=" + next[thread]++, words[4], line);
        }
        assertEquals(
                List.of(1000, 1000, 1000, 1000), java.util.Arrays.stream(next).boxed().toList());
    }

    // ---- running C ----------------------------------------------------------------------------

    private Path compiled(String... compiler) throws Exception {
        return compile(FOLDER.resolve("example.c"), compiler);
    }

    private Path compile(Path source, String... compiler) throws Exception {
        assumeTrue(isInstalled(compiler[0]), "no C compiler named " + compiler[0]);
        Path program = folder.resolve("program");
        List<String> command = new ArrayList<>(List.of(compiler));
        command.addAll(STRICT);
        command.addAll(List.of("-o", program.toString(), source.toString()));
        assertEquals(0, run(command.toArray(String[]::new)), "compiles: " + command);
        return program;
    }

    private static boolean isInstalled(String program) throws InterruptedException {
        try {
            Process process =
                    new ProcessBuilder(program, "--version")
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start();
            return process.waitFor() == 0;
        } catch (IOException notThere) {
            return false;
        }
    }

    private int run(String... command) throws Exception {
        Path output = folder.resolve("output.txt");
        Process process =
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(output.toFile())
                        .start();
        assertTrue(process.waitFor(60, TimeUnit.SECONDS), "still running: " + command[0]);
        assertEquals("", Files.readString(output));
        return process.exitValue();
    }

    private List<String> linesOf(Path program) throws Exception {
        Path log = folder.resolve("lines.txt");
        assertEquals(0, run(program.toString(), log.toString()));
        return Files.readAllLines(log);
    }

    private static List<String> withoutPid(List<String> lines) {
        return lines.stream()
                .map(line ->
                        line.replaceFirst("pid=\\d+", "pid=N").replaceFirst("(d=0{60})0*", "$1"))
                .toList();
    }
}
