package org.panscope.core.state.view;

import org.jspecify.annotations.Nullable;
import org.panscope.core.state.Anomaly;
import org.panscope.core.state.Belief;
import org.panscope.core.state.Cell;
import org.panscope.core.state.Cursor;
import org.panscope.core.state.MachineState;
import org.panscope.core.state.ObjectId;
import org.panscope.core.state.ReducedState;

import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

import java.io.Writer;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/// A state as JSON.
///
/// ```
/// {"cursor":"@1000ns#2","position":2,"timeNs":1000,
///  "objects":{"queue:3.0":{"insert":{"disagree":true,"changed":false,
///      "application":{"value":128,"text":"128","unit":"bytes","writtenBy":7}, …}, …}, …},
///  "anomalyCount":0,"anomalies":[{"seq":…,"object":"…","message":"…"}]}
/// ```
///
/// A cell that is a register or interface word also has its bits:
/// `"fields":[{"name":"STATE","bits":"2:0","raw":"0x1","text":"START"}, …]`, and one that holds
/// open requests says which: `"pending":["EP_CFG asked, not acknowledged"]`.
///
/// Numbers in hexadecimal units and numbers from 2^63 on are texts, as `text` prints them.
public final class StateJson {
    private static final JsonFactory FACTORY = new JsonFactory();

    private StateJson() {}

    /// Writes the state, or the part of it about one object.
    ///
    /// @param before the state one event earlier, or null to mark no changes
    /// @param only the object asked for, or null for all
    public static void write(
            MachineState state,
            @Nullable MachineState before,
            @Nullable ObjectId only,
            Writer writer) {
        try (JsonGenerator json = FACTORY.createGenerator(ObjectWriteContext.empty(), writer)) {
            json.writeStartObject();
            json.writeStringProperty("cursor", Cursor.of(state).toString());
            json.writeNumberProperty("position", state.position());
            json.writeNumberProperty("timeNs", state.timeNs());
            json.writeObjectPropertyStart("objects");
            for (ObjectId id : only == null ? state.objects().keySet() : List.of(only)) {
                if (state.object(id) != null) {
                    json.writeObjectPropertyStart(id.toString());
                    Map<String, RegisterView.Row> words = words(state, id);
                    for (Beliefs.Row row : Beliefs.rows(state, before, id)) {
                        row(json, row, words.get(row.quantity()));
                    }
                    json.writeEndObject();
                }
            }
            json.writeEndObject();
            if (state instanceof ReducedState reduced) {
                anomalies(json, reduced);
            }
            json.writeEndObject();
        }
    }

    private static void row(JsonGenerator json, Beliefs.Row row, RegisterView.@Nullable Row word) {
        json.writeObjectPropertyStart(row.quantity());
        json.writeBooleanProperty("disagree", row.disagree());
        json.writeBooleanProperty("changed", row.changed());
        for (Map.Entry<Belief, Cell> entry : row.cells().entrySet()) {
            Cell cell = entry.getValue();
            json.writeObjectPropertyStart(entry.getKey().label());
            switch (cell.value()) {
                case Boolean flag -> json.writeBooleanProperty("value", flag);
                case Long number when !cell.unit().isHexadecimal() && isPlain(cell, number) ->
                        json.writeNumberProperty("value", number);
                default -> json.writeStringProperty("value", ValueText.of(cell));
            }
            json.writeStringProperty("text", ValueText.of(cell));
            json.writeStringProperty("unit", cell.unit().name().toLowerCase(Locale.ROOT));
            json.writeNumberProperty("writtenBy", cell.writtenBy());
            if (word != null && cell.value() instanceof Long bits) {
                fields(json, word.word().decode(bits));
            }
            json.writeEndObject();
        }
        if (word != null && !word.pending().isEmpty()) {
            json.writeArrayPropertyStart("pending");
            word.pending().forEach(pending -> json.writeString(pending.text()));
            json.writeEndArray();
        }
        json.writeEndObject();
    }

    /// The words of an object that is a register block, by the names of their quantities.
    private static Map<String, RegisterView.Row> words(MachineState state, ObjectId id) {
        RegisterBlock block = RegisterBlock.of(id);
        Map<String, RegisterView.Row> words = new TreeMap<>();
        if (block != null && block.kind() != RegisterKind.USER_IO) {
            for (RegisterView.Row row : RegisterView.of(state, null, block).rows()) {
                words.put(RegisterSource.quantity(row.word()), row);
            }
        }
        return words;
    }

    private static void fields(JsonGenerator json, List<DecodedField> fields) {
        json.writeArrayPropertyStart("fields");
        for (DecodedField field : fields) {
            json.writeStartObject();
            json.writeStringProperty("name", field.name());
            json.writeStringProperty("bits", field.bits());
            json.writeStringProperty("raw", ValueText.hex(field.raw()));
            json.writeStringProperty("text", field.text());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    /// Whether the number means itself when it is read as signed.
    private static boolean isPlain(Cell cell, long number) {
        return number >= 0
                || switch (cell.unit()) {
                    case NS, INDEX, ID, EVENT, ERRNO, NONE -> true;
                    case BYTES, COUNT, HEX, GPU_VA, USER_VA, FILE_OFFSET -> false;
                };
    }

    private static void anomalies(JsonGenerator json, ReducedState state) {
        json.writeNumberProperty("anomalyCount", state.anomalyCount());
        json.writeArrayPropertyStart("anomalies");
        for (Anomaly anomaly : state.anomalies()) {
            json.writeStartObject();
            json.writeNumberProperty("seq", anomaly.seq());
            json.writeStringProperty("object", anomaly.object().toString());
            json.writeStringProperty("message", anomaly.message());
            json.writeEndObject();
        }
        json.writeEndArray();
    }
}
