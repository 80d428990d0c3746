package org.panscope.trace.perfetto;

import org.jspecify.annotations.Nullable;
import org.panscope.trace.io.EventHeader;
import org.panscope.trace.io.TraceWriter;
import org.panscope.trace.json.LineSeqs;
import org.panscope.trace.json.TrackPaths;
import org.panscope.trace.quality.DeferredLosses;
import org.panscope.trace.quality.Loss;
import org.panscope.trace.schema.EventTypeInfo;
import org.panscope.trace.schema.FieldInfo;

import java.io.IOException;
import java.util.HexFormat;
import java.util.List;

/// The events of one export of Panscope's, as they were in the trace it was made of. What was drawn
/// beside them is left out.
final class PanscopeEvents {
    static final String PREFIX = "panscope.";

    private final PanscopeDefinitions.Export export;
    private final FileFacts facts;
    private final DeferredLosses losses;
    private final PerfettoOutput out;
    private final ProtoCursor annotation = new ProtoCursor();
    private final TextCache texts = new TextCache();
    private final LineSeqs seqs = new LineSeqs();
    private int[] tracks = new int[0];
    private boolean tracksDefined;
    private int nextLoss;

    // ---- the event at hand

    private long seq;
    private long type;
    private long cause;
    private boolean causeInferred;
    private int cpu;
    private int pid;
    private @Nullable String comm;
    private @Nullable String context;
    private @Nullable String locks;

    PanscopeEvents(
            PanscopeDefinitions.Export export,
            FileFacts facts,
            DeferredLosses losses,
            PerfettoOutput out) {
        this.export = export;
        this.facts = facts;
        this.losses = losses;
        this.out = out;
    }

    /// Writes the event, if it is one.
    ///
    /// @param timestamp the packet's own time
    void write(ProtoCursor in, long timestamp, int generation) throws IOException {
        long from = in.position();
        clear();
        long track = -1;
        while (in.next()) {
            if (in.field() == 11) {
                track = in.number() - PanscopeDefinitions.FIRST_TRACK;
            } else if (in.field() == 4) {
                head(annotation.on(in), generation);
            }
        }
        if (seq < 0) {
            return;
        }
        EventTypeInfo info = export.type(type);
        defineTracks();
        if (info == null || track < 0 || track >= tracks.length) {
            throw new ProtoException(
                    "event " + seq + " of a type or on a track that is not defined");
        }
        in.on(in.bytes(), from, in.end());
        @Nullable Object[] values = values(in, info, generation);
        passLosses(seq);
        seqs.add(seq);
        out.write(
                new EventHeader(
                        timestamp - out.originNs(),
                        tracks[(int) track],
                        cause < 0 ? EventHeader.NO_CAUSE : seqs.dense(cause),
                        causeInferred,
                        cpu,
                        pid,
                        comm,
                        context,
                        locks),
                info,
                values);
    }

    /// Tells of the losses behind the last event.
    void finish() throws IOException {
        defineTracks();
        passLosses(Long.MAX_VALUE);
    }

    private void clear() {
        seq = -1;
        type = -1;
        cause = -1;
        causeInferred = false;
        cpu = EventHeader.UNKNOWN;
        pid = EventHeader.UNKNOWN;
        comm = null;
        context = null;
        locks = null;
    }

    private @Nullable String name(ProtoCursor in, int generation) throws ProtoException {
        return in.field() == 1
                ? facts.interned.text(generation, Interned.ANNOTATION_NAMES, in.number())
                : in.text();
    }

    private void head(ProtoCursor in, int generation) throws ProtoException {
        String name = "";
        while (in.next()) {
            if (in.field() == 1 || in.field() == 10) {
                name = name(in, generation);
                if (name == null || !name.startsWith(PREFIX)) {
                    return;
                }
            } else if (in.field() == 17) {
                headText(name, text(in, generation));
            } else if (in.isNumber()) {
                headNumber(name, in.number());
            } else {
                headText(name, in.text());
            }
        }
    }

    private void headNumber(String name, long number) {
        switch (name) {
            case "panscope.seq" -> seq = number;
            case "panscope.type" -> type = number;
            case "panscope.cause" -> cause = number;
            case "panscope.cause_inferred" -> causeInferred = number != 0;
            case "panscope.cpu" -> cpu = (int) number;
            case "panscope.pid" -> pid = (int) number;
            default -> {}
        }
    }

    private void headText(String name, String text) {
        switch (name) {
            case "panscope.comm" -> comm = text;
            case "panscope.context" -> context = text;
            case "panscope.locks" -> locks = text;
            default -> {}
        }
    }

    private @Nullable Object[] values(ProtoCursor in, EventTypeInfo info, int generation)
            throws ProtoException {
        @Nullable Object[] values = new @Nullable Object[info.fields().size()];
        while (in.next()) {
            if (in.field() == 4) {
                value(annotation.on(in), info, values, generation);
            }
        }
        return values;
    }

    private void value(
            ProtoCursor in, EventTypeInfo info, @Nullable Object[] values, int generation)
            throws ProtoException {
        int field = -1;
        while (in.next()) {
            if (in.field() == 1 || in.field() == 10) {
                String name = name(in, generation);
                field = name == null || name.startsWith(PREFIX) ? -1 : info.fieldIndex(name);
                if (field < 0) {
                    return;
                }
            } else if (field >= 0) {
                values[field] = value(in, info.fields().get(field), generation);
            }
        }
    }

    private @Nullable Object value(ProtoCursor in, FieldInfo field, int generation)
            throws ProtoException {
        return switch (field.kind()) {
            case INT -> (Long) in.number();
            case BOOL -> (Boolean) in.flag();
            case TEXT -> text(in, generation);
            case ENUM -> {
                String label = text(in, generation);
                yield field.labels().contains(label) ? label : null;
            }
            case BYTES -> {
                try {
                    yield HexFormat.of().parseHex(in.text());
                } catch (IllegalArgumentException e) {
                    throw in.error("bytes that are not hexadecimal");
                }
            }
        };
    }

    /// A text, or the one a number stands for.
    private String text(ProtoCursor in, int generation) throws ProtoException {
        if (in.field() != 17) {
            return texts.get(in);
        }
        String text = facts.interned.text(generation, Interned.ANNOTATION_TEXTS, in.number());
        if (text == null) {
            throw in.error("a text nobody sent");
        }
        return text;
    }

    private void defineTracks() throws IOException {
        if (tracksDefined) {
            return;
        }
        tracksDefined = true;
        TraceWriter writer = out.writer();
        List<String> paths = export.tracks();
        tracks = new int[paths.size()];
        for (int i = 0; i < tracks.length; i++) {
            tracks[i] = TrackPaths.define(paths.get(i), writer);
        }
    }

    private void passLosses(long beforeSeq) throws IOException {
        while (nextLoss < export.losses().size()
                && export.losses().get(nextLoss).beforeSeq() <= beforeSeq) {
            Loss loss = export.losses().get(nextLoss++);
            long here =
                    facts.panscope.header() == null ? out.writer().eventCount() : loss.beforeSeq();
            losses.pass(
                    new Loss(
                            loss.reason(),
                            loss.message(),
                            loss.count(),
                            loss.cpu(),
                            loss.line(),
                            loss.offset(),
                            here));
        }
    }
}
