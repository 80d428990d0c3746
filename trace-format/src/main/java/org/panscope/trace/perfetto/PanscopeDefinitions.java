package org.panscope.trace.perfetto;

import org.jspecify.annotations.Nullable;
import org.panscope.trace.io.TraceHeader;
import org.panscope.trace.json.DefinitionLines;
import org.panscope.trace.quality.Loss;
import org.panscope.trace.schema.EventTypeInfo;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/// What an export of Panscope's says of the trace it was made of, by generation: an export can
/// stand behind another one, or behind a recording.
final class PanscopeDefinitions {
    /// Number of the writer Panscope writes as.
    static final int SEQUENCE = 0x5053_4350;

    /// First number of the tracks that stand for tracks of the trace.
    static final long FIRST_TRACK = 0x5053_4350_0000_0001L;

    /// Category of what says something of the trace.
    static final String DEFINITION = "panscope.definition";

    /// Category of the trace's own events.
    static final String EVENT = "panscope.event";

    /// Category of what is there to be looked at only: it follows from the events.
    static final String DRAWN = "panscope.drawn";

    /// Annotation that tells by how much times were moved so that none is negative.
    static final String SHIFT = "panscope.shift_ns";

    private static final int MOST = 1 << 20;

    /// One export.
    static final class Export {
        private @Nullable TraceHeader header;
        private long shiftNs;
        private final List<String> tracks = new ArrayList<>();
        private final List<EventTypeInfo> types = new ArrayList<>();
        private final List<Loss> losses = new ArrayList<>();

        List<String> tracks() {
            return tracks;
        }

        @Nullable EventTypeInfo type(long index) {
            return index >= 0 && index < types.size() ? types.get((int) index) : null;
        }

        List<Loss> losses() {
            return losses;
        }
    }

    private final Map<Integer, Export> exports = new HashMap<>();
    private final ProtoCursor annotation = new ProtoCursor();
    private boolean isAlone;

    /// Whether a packet may say something of a trace; most are events of it.
    static boolean mayBe(Packet packet) {
        return packet.sequence() == SEQUENCE;
    }

    /// Takes in a track event, if it defines something.
    void add(int generation, ProtoCursor event) throws ProtoException {
        boolean isDefinition = false;
        String text = null;
        Long shift = null;
        while (event.next()) {
            if (event.field() == 22) {
                isDefinition = event.text().equals(DEFINITION);
            } else if (event.field() == 4 && isDefinition) {
                annotation.on(event);
                String name = "";
                while (annotation.next()) {
                    switch (annotation.field()) {
                        case 10 -> name = annotation.text();
                        case 6 -> text = name.equals(DEFINITION) ? annotation.text() : text;
                        case 4 -> shift = name.equals(SHIFT) ? (Long) annotation.number() : shift;
                        default -> {}
                    }
                }
            }
        }
        if (text != null) {
            take(exports.computeIfAbsent(generation, key -> new Export()), text, shift);
        }
    }

    private static void take(Export export, String text, @Nullable Long shift)
            throws ProtoException {
        DefinitionLines.Definition definition;
        try {
            definition = DefinitionLines.read(text);
        } catch (IOException e) {
            throw new ProtoException(String.valueOf(e.getMessage()));
        }
        if (definition.header() != null) {
            export.header = definition.header();
            export.shiftNs = shift == null ? 0 : shift;
        }
        if (export.tracks.size() + export.types.size() + export.losses.size() > MOST) {
            throw new ProtoException("more than " + MOST + " definitions");
        }
        export.tracks.addAll(definition.tracks());
        if (definition.type() != null) {
            export.types.add(definition.type());
        }
        if (definition.loss() != null) {
            export.losses.add(definition.loss());
        }
    }

    /// @param foreignEvents whether the file has events that are no export's
    void decide(boolean foreignEvents) {
        isAlone = !foreignEvents && exports.size() == 1;
    }

    /// Whether a generation of a writer's state is an export.
    boolean isFrom(int generation) {
        return exports.containsKey(generation);
    }

    SortedMap<Integer, Export> all() {
        return new TreeMap<>(exports);
    }

    @Nullable Export export(int generation) {
        return exports.get(generation);
    }

    /// The header of the trace the file was made of, if it holds nothing else.
    @Nullable TraceHeader header() {
        return isAlone ? exports.values().iterator().next().header : null;
    }

    long shiftNs() {
        return isAlone ? exports.values().iterator().next().shiftNs : 0;
    }
}
