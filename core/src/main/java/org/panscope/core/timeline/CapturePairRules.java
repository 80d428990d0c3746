package org.panscope.core.timeline;

import org.jspecify.annotations.Nullable;
import org.panscope.core.capture.pairing.CapturePairs;
import org.panscope.core.capture.pairing.Outcome;
import org.panscope.core.capture.pairing.Pair;
import org.panscope.core.capture.pairing.PairKind;
import org.panscope.core.capture.pairing.PairSink;
import org.panscope.core.capture.pairing.PairingReport;
import org.panscope.core.fields.FieldReader;
import org.panscope.core.fields.Fields;
import org.panscope.trace.io.EventCursor;
import org.panscope.trace.io.Trace;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;

/// Draws what belongs together in a capture: jobs on the rows of their rings, fences on those of
/// their contexts, waits on threads, interrupt handlers and work items on theirs. What belongs
/// together is decided by [CapturePairs].
final class CapturePairRules implements PairSink {
    private static final String QUEUED = " queued";

    private final Build build;
    private final CapturePairs pairs;

    /// Rows of the pairs that are open.
    private final Map<Long, RowBuilder> rows = new LinkedHashMap<>();

    CapturePairRules(Build build, Trace trace) {
        this.build = build;
        pairs = new CapturePairs(trace, this);
    }

    void register(Rules rules) {
        Set<String> names = new TreeSet<>();
        for (PairKind kind : PairKind.values()) {
            names.addAll(kind.begins());
            names.addAll(kind.ends());
        }
        // A freed fence says nothing about work; the event list has it.
        names.add("dma_fence_destroy");
        names.add("fence_destroy");
        for (String name : names) {
            rules.on(name, this::handler);
        }
        rules.on("gpu_job_irq", fields -> event -> read(pairs.reader(fields.type()), event));
    }

    /// Counts what is still open; no event comes any more.
    PairingReport finish() {
        return pairs.finish();
    }

    private Handler handler(Fields fields) {
        Consumer<EventCursor> reader = pairs.reader(fields.type());
        String name = fields.typeName();
        if (reader == null || name.contains("softirq_")) {
            return event -> {
                read(reader, event);
                build.rowOf(event).instant(event, name, Style.IDLE, Glyph.TICK);
            };
        }
        if (!name.contains("workqueue_")) {
            return reader::accept;
        }
        FieldReader function = fields.get("function");
        return event -> {
            reader.accept(event);
            if (!build.rowOf(event).kind.equals("work")) {
                String text = function.text(event);
                String label = text.isEmpty() ? name : text;
                build.rowOf(event).instant(event, label, Style.IDLE, Glyph.TICK);
            }
        };
    }

    private static void read(@Nullable Consumer<EventCursor> reader, EventCursor event) {
        if (reader != null) {
            reader.accept(event);
        }
    }

    @Override
    public void begun(Pair pair, EventCursor event) {
        RowBuilder row =
                switch (pair.kind()) {
                    case JOB_QUEUED, JOB_RUN -> ringRow(event, pair.owner());
                    case FENCE -> fenceRow(event, pair);
                    case FENCE_WAIT -> threadRow(event);
                    case INTERRUPT -> interruptRow(event, pair.name());
                    case WORK_QUEUED, WORK ->
                            build.rowOf(event).kind.equals("work") ? build.rowOf(event) : null;
                    case GROUP_BOUND -> slotRow(pair.owner());
                    case SOFTIRQ -> null;
                };
        if (row != null) {
            rows.put(pair.number(), row);
            row.draw(pair.number(), event, label(pair, event), style(pair.kind()));
        }
    }

    private static Style style(PairKind kind) {
        return switch (kind) {
            case JOB_QUEUED, WORK_QUEUED -> Style.QUEUED;
            case JOB_RUN, WORK, GROUP_BOUND -> Style.RUNNING;
            case FENCE -> Style.FENCE;
            case FENCE_WAIT -> Style.WAITING;
            case INTERRUPT, SOFTIRQ -> Style.ACTIVITY;
        };
    }

    private int label(Pair pair, EventCursor event) {
        return switch (pair.kind()) {
            case JOB_QUEUED -> jobLabel(pair, QUEUED);
            case JOB_RUN -> jobLabel(pair, "");
            case FENCE -> build.label(Labels.DECIMAL, pair.seqno());
            case FENCE_WAIT ->
                    build.label(
                            "wait fence " + pair.context() + ":" + Labels.DECIMAL, pair.seqno());
            case INTERRUPT, SOFTIRQ -> build.label(pair.name() + Style.SEPARATOR + cpu(event));
            case WORK_QUEUED -> build.label(workName(pair) + QUEUED);
            case WORK -> build.label(workName(pair));
            case GROUP_BOUND -> build.label(pair.name());
        };
    }

    private static String cpu(EventCursor event) {
        return event.cpu() < 0 ? "cpu unknown" : "cpu " + event.cpu();
    }

    private static String workName(Pair pair) {
        return pair.name().isEmpty() ? "work" : pair.name();
    }

    /// A text per job would fill the heap; one per context does not.
    private int jobLabel(Pair pair, String after) {
        String name = pair.name();
        int colon = name.lastIndexOf(':');
        String digits = name.substring(colon + 1);
        if (!digits.matches("\\d{1,18}")) {
            return build.label("job " + name + after);
        }
        String before = name.substring(0, colon + 1);
        return build.label("job " + before + Labels.DECIMAL + after, Long.parseLong(digits));
    }

    @Override
    public void ended(Pair pair, EventCursor event, Outcome outcome) {
        RowBuilder row = rows.remove(pair.number());
        if (row == null) {
            return;
        }
        switch (outcome) {
            case ENDED -> row.drawn(pair.number(), null);
            case ABANDONED -> {
                if (pair.kind() == PairKind.GROUP_BOUND) {
                    // Bound again without an unbind that was seen: until then it was there.
                    row.drawn(pair.number(), Style.UNKNOWN);
                } else {
                    row.cut(pair.number());
                }
            }
            case TIMED_OUT -> {
                row.drawn(pair.number(), Style.ERROR);
                row.instant(
                        event,
                        "job " + pair.name() + " signalled by timeout or reset (inferred)",
                        Style.ERROR,
                        Glyph.CROSS);
            }
        }
    }

    @Override
    public void unfinished(Pair pair, boolean isUnbroken) {
        RowBuilder row = rows.remove(pair.number());
        if (row != null && !isUnbroken) {
            row.restyle(pair.number(), Style.UNKNOWN);
        }
    }

    @Override
    public void loneEnd(PairKind kind, String name, long seqno, EventCursor event) {
        switch (kind) {
            case JOB_RUN ->
                    build.rowOf(event)
                            .instant(event, "job " + name + " done", Style.UNKNOWN, Glyph.TICK);
            case FENCE ->
                    fenceRow(event, null)
                            .instant(
                                    event,
                                    build.label(Labels.DECIMAL + " signaled", seqno),
                                    Style.FENCE,
                                    Glyph.TICK);
            case FENCE_WAIT ->
                    threadRow(event).instant(event, "wait ends", Style.UNKNOWN, Glyph.TICK);
            case INTERRUPT ->
                    interruptRow(event, "").instant(event, "exit", Style.UNKNOWN, Glyph.TICK);
            case WORK -> {
                if (build.rowOf(event).kind.equals("work")) {
                    build.rowOf(event).instant(event, "ends", Style.UNKNOWN, Glyph.TICK);
                }
            }
            case GROUP_BOUND ->
                    build.rowOf(event).instant(event, "unbind " + name, Style.UNKNOWN, Glyph.TICK);
            case JOB_QUEUED, WORK_QUEUED, SOFTIRQ -> {
                // Where the next interval begins there is a bar already; softirqs are ticks.
            }
        }
    }

    @Override
    public void busy(Pair job, long fromNs, EventCursor event) {
        RowBuilder ring = rows.get(job.number());
        if (ring != null) {
            build.child(ring.id, "busy", "gpu busy (estimated)")
                    .bar(fromNs, build.timeNs(), job.beginSeq(), jobLabel(job, ""), Style.RUNNING);
        }
    }

    private RowBuilder ringRow(EventCursor event, String ring) {
        RowBuilder row = build.rowOf(event);
        return row.kind.equals("ring")
                ? row
                : build.child(
                        build.container(Section.QUEUES).id,
                        "ring",
                        ring.isEmpty() ? "ring not recorded" : ring);
    }

    private RowBuilder fenceRow(EventCursor event, @Nullable Pair pair) {
        RowBuilder row = build.rowOf(event);
        return row.kind.equals("timeline") || pair == null
                ? row
                : FenceRows.of(build, pair.owner(), pair.context());
    }

    private RowBuilder slotRow(String slot) {
        return build.child(build.container(Section.SLOTS).id, "slot", slot);
    }

    private RowBuilder interruptRow(EventCursor event, String name) {
        RowBuilder row = build.rowOf(event);
        return row.kind.equals("irq") || name.isEmpty()
                ? row
                : build.child(build.container(Section.IRQ).id, "irq", "irq " + name);
    }

    /// The row of the thread an event happened on.
    private RowBuilder threadRow(EventCursor event) {
        RowBuilder row = build.rowOf(event);
        if (row.kind.equals("thread") || event.pid() < 0) {
            return row;
        }
        String comm = event.comm();
        return build.thread((comm == null ? "" : comm + " ") + event.pid());
    }
}
