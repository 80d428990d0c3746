package org.panscope.core.scenario;

import static org.panscope.core.scenario.Shape.optional;
import static org.panscope.core.scenario.Shape.required;

import org.panscope.core.scenario.ValueType.Address;
import org.panscope.core.scenario.ValueType.Choice;
import org.panscope.core.scenario.ValueType.Duration;
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
                            required(
                                    "do",
                                    new Choice(
                                            List.of(
                                                    "wait_le",
                                                    "wait_gt",
                                                    "signal_set",
                                                    "signal_add")),
                                    "operation"),
                            optional("sync", new Reference(ObjectKind.SYNC), "sync object"),
                            optional("va", new Address(), "instead of a sync object: address"),
                            optional(
                                    "format",
                                    new Choice(List.of("u32", "u64")),
                                    "width at that address; u64 when absent"),
                            required(
                                    "value",
                                    new Whole(0, Long.MAX_VALUE),
                                    "reference or operand")));

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
                            required("threads", new ListOf(THREAD), "at least one")));

    static final Shape EXPECT =
            new Shape(
                    "expect",
                    List.of(
                            optional(
                                    "outcome",
                                    new Choice(List.of("idle", "waiting", "time_limit")),
                                    "how the run has to end; idle when absent"),
                            optional(
                                    "findings",
                                    new Texts(),
                                    "rules of the analyzer that have to find something")));

    static final Shape SCENARIO =
            new Shape(
                    "scenario",
                    List.of(
                            required("name", new Text(), "short, as in the file's name"),
                            optional("about", new Text(), "what it shows"),
                            optional("seed", new Whole(0, Long.MAX_VALUE), "0 when absent"),
                            optional("parameters", new Settings(), "of the machine, that differ"),
                            optional("switches", new Settings(), "fixes that are on"),
                            required("processes", new ListOf(PROCESS), "at least one"),
                            optional(
                                    "time_limit",
                                    new Duration(),
                                    "virtual time after which the run ends; 10s when absent"),
                            optional("expect", new One(EXPECT), "what a run has to show")));

    /// Every shape that is not a step.
    static final List<Shape> ALL =
            List.of(SCENARIO, PROCESS, THREAD, QUEUE, SYNC_POINT, XGS_OP, EXPECT);

    private ScenarioShapes() {}
}
