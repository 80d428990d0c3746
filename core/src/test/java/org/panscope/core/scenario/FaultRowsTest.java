package org.panscope.core.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.panscope.core.scenario.Story.JOB;
import static org.panscope.core.scenario.Story.await;
import static org.panscope.core.scenario.Story.code;
import static org.panscope.core.scenario.Story.job;
import static org.panscope.core.scenario.Story.kernelGroup;
import static org.panscope.core.scenario.Story.sleep;
import static org.panscope.core.scenario.Story.submit;
import static org.panscope.core.scenario.Story.userGroup;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.panscope.trace.event.FenceEvent.Fence;
import org.panscope.trace.event.FenceEvent.FenceKind;
import org.panscope.trace.event.FenceEvent.FenceStep;
import org.panscope.trace.event.SchedEvent.ResetStep;

import java.util.List;

/// Each row of what can go wrong: what the driver says, whether it resets the GPU, and what becomes
/// of the group, with both drivers.
class FaultRowsTest {
    /// A row: how it comes about, what is said, what becomes of the group.
    enum Row {
        CS_FATAL(
                """
                CSG slot 0 CS slot: 0
                CS_FATAL.EXCEPTION_TYPE: 0x49 (CS_INSTR_INVALID)
                CS_FATAL.EXCEPTION_DATA: 0x0
                CS_FATAL_INFO.EXCEPTION_DATA: 0xff00000000000000\
                """,
                false,
                "\"flags\": [\"fatal_fault\"], \"fatal_queues\": 1, \"state\": \"terminated\"") {
            @Override
            Story story() {
                return new Story()
                        .inMain(
                                userGroup("g"),
                                submit("g", "\"0xff00000000000000\""),
                                sleep("1ms"));
            }
        },
        CS_FATAL_UNRECOVERABLE(
                "CSG slot 0 CS slot: 0\nCS_FATAL.EXCEPTION_TYPE: 0x41 (CS_UNRECOVERABLE)\n",
                true,
                "\"flags\": [\"fatal_fault\"], \"fatal_queues\": 1, \"state\": \"terminated\"") {
            @Override
            Story story() {
                return new Story()
                        .inMain(
                                userGroup("g"),
                                submit("g", "\"MOVE32 r70, #0x1\""),
                                "{\"op\": \"gpu_reset\", \"group\": \"g\"}",
                                sleep("5ms"));
            }
        },
        CS_FAULT(
                "CSG slot 0 CS slot: 0\nCS_FAULT.EXCEPTION_TYPE: 0x5b (IMPRECISE_FAULT)\n"
                        + "CS_FAULT.EXCEPTION_DATA: 0x7\nCS_FAULT_INFO.EXCEPTION_DATA: 0x1000",
                false,
                "\"flags\": [], \"fatal_queues\": 0") {
            @Override
            Story story() {
                return new Story()
                        .inMain(
                                code(JOB),
                                kernelGroup("g"),
                                job("g", "done"),
                                """
                                {"op": "inject_fault", "group": "g", "exception": "0x5b",
                                 "data": 7, "info": "0x1000"}\
                                """,
                                await("done"));
            }
        },
        MMU_FAULT(
                """
                Unhandled Page fault in AS1 at VA 0x000000007FF00000
                raw fault status: 0x3C1
                decoded fault status: SLAVE FAULT
                exception type 0xC1: TRANSLATION_FAULT_1
                access type 0x3: WRITE
                source id 0x0\
                """,
                false,
                "\"flags\": [\"fatal_fault\"], \"fatal_queues\": 1, \"state\": \"terminated\"") {
            @Override
            Story story() {
                return new Story()
                        .inMain(
                                userGroup("g"),
                                submit(
                                        "g",
                                        "\"MOVE48 d66, #0x7ff00000\", \"MOVE48 d68, #0x1\","
                                                + " \"SYNC_ADD64.system [d66], d68, #0, #0\""),
                                sleep("1ms"));
            }
        },
        PROGRESS_TIMEOUT(
                "CSG slot 0 progress timeout",
                false,
                "\"flags\": [\"timedout\"], \"fatal_queues\": 0, \"state\": \"terminated\"") {
            @Override
            Story story() {
                return new Story()
                        .with("cs.compute_job_ns", "10s")
                        .inMain(userGroup("g"), submit("g", JOB), sleep("3s"));
            }
        },
        JOB_TIMEOUT("job timeout", false, "\"flags\": [\"timedout\"], \"fatal_queues\": 0") {
            @Override
            Story story() {
                return new Story()
                        .inMain(
                                code(
                                        "\"MOVE48 d66, #${S}\", \"MOVE48 d68, #0x0\","
                                                + " \"SYNC_WAIT64gt.inherit d66, d68\""),
                                kernelGroup("g"),
                                job("g", "done"),
                                await("done"));
            }
        },
        CSG_ACK_TIMEOUT("CSG 0 update request timedout", true, "\"flags\": []") {
            @Override
            Story story() {
                return new Story()
                        .with("cs.compute_job_ns", "300ms")
                        .inMain(
                                userGroup("g"),
                                submit("g", JOB),
                                sleep("1ms"),
                                """
                                {"op": "drop_ack", "group": "g", "request": "status_update"}\
                                """,
                                userGroup("h"),
                                submit("h", "\"MOVE32 r70, #0x1\""),
                                sleep("500ms"));
            }
        },
        PING_TIMEOUT("FW ping timeout, scheduling a reset", true, "\"flags\": []") {
            @Override
            Story story() {
                return new Story()
                        .with("cs.compute_job_ns", "300ms")
                        .with("kernel.ping_period_ns", "20ms")
                        .inMain(
                                userGroup("g"),
                                "{\"op\": \"drop_ack\", \"request\": \"ping\"}",
                                submit("g", JOB),
                                sleep("500ms"));
            }
        },
        AS_STUCK("AS_ACTIVE bit stuck", true, "\"flags\": []") {
            @Override
            Story story() {
                return new Story()
                        .with("cs.compute_job_ns", "300ms")
                        .inMain(
                                userGroup("g"),
                                submit("g", JOB),
                                sleep("1ms"),
                                """
                                {"op": "hardware_hang", "unit": "address_space", "group": "g"}\
                                """,
                                """
                                {"op": "vm_bind", "vm": "vm", "bo": "code", "va": "0x300000"}\
                                """,
                                sleep("500ms"));
            }
        },
        CACHE_FLUSH_TIMEOUT("Flush caches timeout", false, "\"state\": \"terminated\"") {
            @Override
            Story story() {
                return new Story()
                        .inMain(
                                userGroup("g"),
                                submit("g", "\"MOVE32 r70, #0x1\""),
                                sleep("1ms"),
                                "{\"op\": \"hardware_hang\", \"unit\": \"cache_flush\"}",
                                sleep("200ms"));
            }
        },
        SOFT_RESET_TIMEOUT(
                "Soft reset timeout",
                true,
                "\"flags\": [\"fatal_fault\"], \"state\": \"terminated\"") {
            @Override
            Story story() {
                return new Story()
                        .inMain(
                                userGroup("g"),
                                submit("g", "\"MOVE32 r70, #0x1\""),
                                "{\"op\": \"hardware_hang\", \"unit\": \"soft_reset\"}",
                                "{\"op\": \"gpu_reset\", \"group\": \"g\"}",
                                sleep("200ms"));
            }
        };

        final String message;
        final boolean resets;
        final String group;

        Row(String message, boolean resets, String group) {
            this.message = message;
            this.resets = resets;
            this.group = group;
        }

        abstract Story story();
    }

    @ParameterizedTest
    @EnumSource(Row.class)
    void rowOfV611(Row row) {
        check(row, row.story());
    }

    @ParameterizedTest
    @EnumSource(Row.class)
    void rowOf2026(Row row) {
        check(row, row.story().with("driver.profile", "mainline-2026"));
    }

    private static void check(Row row, Story story) {
        story.expecting("\"groups\": [{\"group\": \"g\", %s}]".formatted(row.group)).run();
        assertEquals(List.of(), story.failures(), story.messages().toString());
        assertTrue(story.says(row.message), story.messages().toString());
        assertEquals(row.resets, story.resetSteps().contains(ResetStep.POST_END));
        if (row != Row.PING_TIMEOUT && row != Row.CSG_ACK_TIMEOUT) {
            assertFalse(story.says("CSG suspend failed"), story.messages().toString());
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"CS_FATAL", "CS_FAULT", "PROGRESS_TIMEOUT", "JOB_TIMEOUT"})
    void theDriverOf2026SaysWhoseGroupItIs(Row row) {
        Story story = row.story().with("driver.profile", "mainline-2026").run();
        String task =
                switch (row) {
                    case CS_FATAL -> "CS_FATAL: pid=1000, comm=app";
                    case CS_FAULT -> "CS_FAULT: pid=1000, comm=app";
                    case PROGRESS_TIMEOUT -> "CSG_PROGRESS_TIMER_EVENT: pid=1000, comm=app";
                    default -> "job timeout: pid=1000, comm=app, seqno=1";
                };
        assertTrue(story.messages().contains(task), story.messages().toString());
        assertFalse(row.story().run().says(task));
    }

    @ParameterizedTest
    @EnumSource(names = {"CS_FAULT", "JOB_TIMEOUT"})
    void fencesCarryTheErrorOfTheRow(Row row) {
        int error = row == Row.CS_FAULT ? -22 : -110;
        List<Fence> finished =
                row.story().run().log().of(Fence.class).stream()
                        .filter(fence ->
                                fence.kind() == FenceKind.FINISHED
                                        && fence.step() == FenceStep.SIGNALED)
                        .toList();
        assertEquals(error, finished.getFirst().error());
    }
}
