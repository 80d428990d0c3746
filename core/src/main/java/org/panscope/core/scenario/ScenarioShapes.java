package org.panscope.core.scenario;

import static org.panscope.core.scenario.Shape.optional;
import static org.panscope.core.scenario.Shape.required;

import org.panscope.core.scenario.ValueType.Address;
import org.panscope.core.scenario.ValueType.Choice;
import org.panscope.core.scenario.ValueType.Duration;
import org.panscope.core.scenario.ValueType.Flag;
import org.panscope.core.scenario.ValueType.ListOf;
import org.panscope.core.scenario.ValueType.One;
import org.panscope.core.scenario.ValueType.Reference;
import org.panscope.core.scenario.ValueType.Settings;
import org.panscope.core.scenario.ValueType.Steps;
import org.panscope.core.scenario.ValueType.Text;
import org.panscope.core.scenario.ValueType.Texts;
import org.panscope.core.scenario.ValueType.Whole;

import java.util.List;

/// The objects of a scenario file, except the steps, which [StepKind] describes.
final class ScenarioShapes {
    static final Shape QUEUE =
            new Shape(
                    "queue",
                    List.of(
                            required(
                                    "ring_size",
                                    new Whole(0, Integer.MAX_VALUE),
                                    "bytes, a power of two from 4096 to 65536"),
                            optional("priority", new Whole(0, 255), "0 to 15; 1 when absent")));

    static final Shape SYNC_POINT =
            new Shape(
                    "sync_point",
                    List.of(
                            required("syncobj", new Reference(ObjectKind.SYNCOBJ), "which"),
                            optional(
                                    "point",
                                    new Whole(0, Long.MAX_VALUE),
                                    "of a timeline syncobj")));

    static final Shape XGS_OP =
            new Shape(
                    "xgs_op",
                    List.of(
                            optional(
                                    "do",
                                    new Choice(
                                            List.of(
                                                    "wait_le",
                                                    "wait_gt",
                                                    "signal_set",
                                                    "signal_add")),
                                    "operation"),
                            optional("op", new Whole(0, 255), "instead: its number, or any other"),
                            optional("sync", new Reference(ObjectKind.SYNC), "sync object"),
                            optional("va", new Address(), "instead of a sync object: address"),
                            optional(
                                    "format",
                                    new Choice(List.of("u32", "u64")),
                                    "width at that address; u64 when absent"),
                            required("value", new Whole(0, Long.MAX_VALUE), "reference or operand"),
                            optional(
                                    "flags",
                                    new Whole(0, 65535),
                                    "1 INHERIT_ERROR_WAIT; bit 15 is the kernel's own; 0 when"
                                            + " absent")));

    static final Shape THREAD =
            new Shape(
                    "thread",
                    List.of(
                            required("name", new Text(), "lane of its notes"),
                            optional(
                                    "start", new Duration(), "when it starts; at once when absent"),
                            required("steps", new Steps(), "what it does, in order")));

    static final Shape PROCESS =
            new Shape(
                    "process",
                    List.of(
                            required("name", new Text(), "comm, unique in the scenario"),
                            optional(
                                    "cap_sys_nice",
                                    new Flag(),
                                    "may use priorities high and realtime, which the driver of"
                                            + " 2026 asks for"),
                            required("threads", new ListOf(THREAD), "at least one")));

    /// A fault that has to be reported.
    static final Shape FAULT =
            new Shape(
                    "expected_fault",
                    List.of(
                            required(
                                    "report",
                                    new Choice(List.of("cs_fault", "cs_fatal", "mmu_fault")),
                                    "who tells: the queue, that goes on; the queue, that ends; the"
                                            + " MMU"),
                            required(
                                    "exception", new Whole(0, 255), "exception type, such as 0x49"),
                            optional("queue", new Whole(0, 31), "whose queue, not of mmu_fault"),
                            optional(
                                    "data",
                                    new Whole(0, Integer.MAX_VALUE),
                                    "exception data; AS_FAULTSTATUS of mmu_fault"),
                            optional(
                                    "info",
                                    new Address(),
                                    "info word of the report; faulting address of mmu_fault"),
                            optional(
                                    "stream",
                                    new Choice(List.of("stopped", "goes_on")),
                                    "what the firmware did with the stream next"),
                            optional(
                                    "process",
                                    new Text(),
                                    "whose names `info` uses; the first when absent")));

    /// What has to become of a group.
    static final Shape GROUP_END =
            new Shape(
                    "expected_group",
                    List.of(
                            required("group", new Reference(ObjectKind.GROUP), "which"),
                            optional(
                                    "process",
                                    new Text(),
                                    "whose group; the first process when absent"),
                            optional(
                                    "flags",
                                    new Texts(),
                                    "as GROUP_GET_STATE answers: timedout, fatal_fault; innocent,"
                                            + " of which v6.11 tells nobody"),
                            optional(
                                    "fatal_queues",
                                    new Whole(0, Integer.MAX_VALUE),
                                    "as GROUP_GET_STATE answers, bit i = queue i"),
                            optional(
                                    "state",
                                    new Choice(
                                            List.of(
                                                    "created",
                                                    "active",
                                                    "suspended",
                                                    "terminated",
                                                    "unknown")),
                                    "the driver's state of the group")));

    /// Events of which there has to be a number.
    static final Shape EVENTS =
            new Shape(
                    "expected_events",
                    List.of(
                            optional("about", new Text(), "what they show"),
                            required(
                                    "where",
                                    new Text(),
                                    "filter, as of `dump --where`, without `track`, `dt` and free"
                                            + " text"),
                            optional("count", new Whole(0, Long.MAX_VALUE), "exactly so many"),
                            optional(
                                    "at_least",
                                    new Whole(0, Long.MAX_VALUE),
                                    "1 when nothing is said"),
                            optional("at_most", new Whole(0, Long.MAX_VALUE), "not more")));

    /// Events that have to come one after the other.
    static final Shape SEQUENCE =
            new Shape(
                    "expected_sequence",
                    List.of(
                            optional("about", new Text(), "what it shows"),
                            required(
                                    "order",
                                    new Texts(),
                                    "filters; for each an event behind that of the one before")));

    static final Shape EXPECT =
            new Shape(
                    "expect",
                    List.of(
                            optional(
                                    "outcome",
                                    new Choice(List.of("idle", "waiting", "time_limit")),
                                    "how the run has to end; idle when absent"),
                            optional(
                                    "faults",
                                    new ListOf(FAULT),
                                    "every fault that is reported, in order; not looked at when"
                                            + " absent"),
                            optional("groups", new ListOf(GROUP_END), "what becomes of groups"),
                            optional(
                                    "events",
                                    new ListOf(EVENTS),
                                    "how many events of a kind there are; of runs as written, with"
                                            + " the scenario's seed and settings"),
                            optional(
                                    "sequences",
                                    new ListOf(SEQUENCE),
                                    "events that come one after the other; of runs as written"),
                            optional(
                                    "findings",
                                    new Texts(),
                                    "rules of the analyzer that the run breaks, these and no other;"
                                            + " of runs as written")));

    /// A decision that is not left to the seed.
    static final Shape DECISION =
            new Shape(
                    "decision",
                    List.of(
                            required("name", new Text(), "as CHOICE events name it"),
                            required(
                                    "taken",
                                    new Whole(0, Long.MAX_VALUE),
                                    "the option to take, from 0")));

    /// The same steps on another machine or driver.
    static final Shape VARIANT =
            new Shape(
                    "variant",
                    List.of(
                            required("name", new Text(), "for `record --variant`"),
                            optional("about", new Text(), "what is different"),
                            optional(
                                    "seed",
                                    new Whole(0, Long.MAX_VALUE),
                                    "the scenario's when absent"),
                            optional("parameters", new Settings(), "beside the scenario's"),
                            optional("switches", new Settings(), "beside the scenario's"),
                            optional("choices", new ListOf(DECISION), "instead of the scenario's"),
                            optional("time_limit", new Duration(), "the scenario's when absent"),
                            optional("expect", new One(EXPECT), "instead of the scenario's")));

    static final Shape SCENARIO =
            new Shape(
                    "scenario",
                    List.of(
                            required("name", new Text(), "short, as in the file's name"),
                            optional("about", new Text(), "what it shows"),
                            optional("seed", new Whole(0, Long.MAX_VALUE), "0 when absent"),
                            optional("parameters", new Settings(), "of the machine, that differ"),
                            optional(
                                    "switches",
                                    new Settings(),
                                    "driver, fixes and designs that differ from the series as"
                                            + " posted"),
                            optional(
                                    "choices",
                                    new ListOf(DECISION),
                                    "decisions that are not left to the seed, in order for each"
                                            + " name"),
                            optional(
                                    "tracepoints",
                                    new Texts(),
                                    "of the kernel that are on: `dma_fence`,"
                                            + " `gpu_scheduler:drm_*`, `all`"),
                            required("processes", new ListOf(PROCESS), "at least one"),
                            optional(
                                    "time_limit",
                                    new Duration(),
                                    "virtual time after which the run ends; 10s when absent"),
                            optional("expect", new One(EXPECT), "what a run has to show"),
                            optional(
                                    "variants",
                                    new ListOf(VARIANT),
                                    "the same steps with other settings")));

    /// Every shape that is not a step.
    static final List<Shape> ALL =
            List.of(
                    SCENARIO,
                    PROCESS,
                    THREAD,
                    QUEUE,
                    SYNC_POINT,
                    XGS_OP,
                    DECISION,
                    EXPECT,
                    FAULT,
                    GROUP_END,
                    EVENTS,
                    SEQUENCE,
                    VARIANT);

    private ScenarioShapes() {}
}
