package org.panscope.trace.io;

import org.jspecify.annotations.Nullable;
import org.panscope.trace.quality.Loss;
import org.panscope.trace.schema.EventTypeInfo;
import org.panscope.trace.schema.FieldInfo;
import org.panscope.trace.schema.FieldKind;
import org.panscope.trace.schema.Layer;
import org.panscope.trace.schema.Unit;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/// Bytes of the things a container describes itself with: header, event types, tracks, losses.
final class DefinitionCodec {
    private static final int SIGNED = 1;
    private static final int OPTIONAL = 2;

    private static final int HAS_COUNT = 1;
    private static final int HAS_CPU = 2;
    private static final int HAS_LINE = 4;
    private static final int HAS_OFFSET = 8;

    private DefinitionCodec() {}

    static void writeHeader(TraceHeader header, ByteOutput out) {
        out.text(header.format());
        out.text(header.source());
        out.text(header.clock());
        out.zigzag(header.originNs());
        out.text(header.producer());
        out.varint(header.attributes().size());
        for (Map.Entry<String, String> attribute : header.attributes().entrySet()) {
            out.text(attribute.getKey());
            out.text(attribute.getValue());
        }
    }

    static TraceHeader readHeader(ByteInput in) throws TraceFormatException {
        String format = in.text();
        String source = in.text();
        String clock = in.text();
        long originNs = in.zigzag();
        String producer = in.text();
        TreeMap<String, String> attributes = new TreeMap<>();
        int count = in.count(ContainerFormat.MAX_ATTRIBUTES);
        for (int i = 0; i < count; i++) {
            attributes.put(in.text(), in.text());
        }
        return new TraceHeader(format, source, clock, originNs, producer, attributes);
    }

    static void writeType(EventTypeInfo type, ByteOutput out) {
        out.zigzag(type.id());
        out.text(type.name());
        out.text(type.layer().label());
        out.text(type.doc());
        out.text(type.source());
        out.varint(type.fields().size());
        for (FieldInfo field : type.fields()) {
            out.text(field.name());
            out.text(lower(field.kind()));
            out.text(lower(field.unit()));
            out.u8((field.signed() ? SIGNED : 0) | (field.optional() ? OPTIONAL : 0));
            out.text(field.doc());
            out.varint(field.labels().size());
            for (String label : field.labels()) {
                out.text(label);
            }
        }
    }

    static EventTypeInfo readType(ByteInput in) throws TraceFormatException {
        int id = (int) in.zigzag();
        String name = in.text();
        Layer layer = constant(Layer.class, in.text());
        String doc = in.text();
        String source = in.text();
        int count = in.count(in.remaining());
        List<FieldInfo> fields = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            String fieldName = in.text();
            FieldKind kind = constant(FieldKind.class, in.text());
            Unit unit = constant(Unit.class, in.text());
            int flags = in.u8();
            String fieldDoc = in.text();
            int labelCount = in.count(in.remaining());
            List<String> labels = new ArrayList<>();
            for (int label = 0; label < labelCount; label++) {
                labels.add(in.text());
            }
            boolean signed = (flags & SIGNED) != 0;
            boolean optional = (flags & OPTIONAL) != 0;
            fields.add(new FieldInfo(fieldName, kind, unit, signed, optional, labels, fieldDoc));
        }
        return new EventTypeInfo(id, name, layer, fields, doc, source);
    }

    static void writeTrack(TrackInfo track, ByteOutput out) {
        out.zigzag(track.parent());
        out.text(track.kind());
        out.text(track.name());
    }

    /// @param id of the track read; parents come first
    static TrackInfo readTrack(ByteInput in, int id) throws TraceFormatException {
        long parent = in.zigzag();
        if (parent < TrackInfo.ROOT || parent >= id) {
            throw new TraceFormatException("track " + id + " has parent " + parent);
        }
        return new TrackInfo(id, (int) parent, in.text(), in.text());
    }

    static void writeLoss(Loss loss, ByteOutput out) {
        out.text(loss.reason());
        out.text(loss.message());
        out.u8(
                (loss.count() != null ? HAS_COUNT : 0)
                        | (loss.cpu() != null ? HAS_CPU : 0)
                        | (loss.line() != null ? HAS_LINE : 0)
                        | (loss.offset() != null ? HAS_OFFSET : 0));
        writeIfPresent(loss.count(), out);
        writeIfPresent(loss.cpu(), out);
        writeIfPresent(loss.line(), out);
        writeIfPresent(loss.offset(), out);
        out.zigzag(loss.beforeSeq());
    }

    static Loss readLoss(ByteInput in) throws TraceFormatException {
        String reason = in.text();
        String message = in.text();
        int flags = in.u8();
        Long count = (flags & HAS_COUNT) != 0 ? in.zigzag() : null;
        Integer cpu = (flags & HAS_CPU) != 0 ? (int) in.zigzag() : null;
        Long line = (flags & HAS_LINE) != 0 ? in.zigzag() : null;
        Long offset = (flags & HAS_OFFSET) != 0 ? in.zigzag() : null;
        return new Loss(reason, message, count, cpu, line, offset, in.zigzag());
    }

    private static void writeIfPresent(@Nullable Number value, ByteOutput out) {
        if (value != null) {
            out.zigzag(value.longValue());
        }
    }

    private static String lower(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    private static <E extends Enum<E>> E constant(Class<E> type, String label)
            throws TraceFormatException {
        for (E constant : type.getEnumConstants()) {
            if (lower(constant).equals(label)) {
                return constant;
            }
        }
        throw new TraceFormatException(type.getSimpleName() + " '" + label + "' is unknown");
    }
}
