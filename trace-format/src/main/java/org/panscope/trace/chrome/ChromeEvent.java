package org.panscope.trace.chrome;

import org.jspecify.annotations.Nullable;
import org.panscope.trace.ftrace.EventShapes;
import org.panscope.trace.schema.Unit;

import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

import java.io.StringWriter;

/// One event taken out of a file. One object serves all.
///
/// Members with a meaning in the format are held here; `args` and members of other names become
/// fields, objects inside them with dots in their names, lists as their JSON. Numbers with a
/// fraction are kept as they are written, as text: a trace has whole numbers only. `null` is
/// absent.
final class ChromeEvent {
    private static final int DEEPEST_NAME = 8;
    private static final JsonFactory LISTS = JsonFactory.builder().build();

    private final EventShapes arguments;
    private String letter = "";
    private String name = "";
    private @Nullable String category;
    private String pid = "";
    private String tid = "";
    private @Nullable String id;
    private @Nullable String scope;
    private @Nullable Long durationNs;
    private @Nullable String bindId;
    private boolean flowIn;
    private boolean flowOut;

    /// @param arguments where the fields go; begun anew by the caller for each event, and asked for
    ///   in a second reading ([#readFields]) so that they come behind what the caller puts first
    ChromeEvent(EventShapes arguments) {
        this.arguments = arguments;
    }

    /// Reads everything but the fields; the parser stands before the object.
    void readHead(JsonParser json) {
        letter = "";
        name = "";
        category = null;
        pid = "";
        tid = "";
        id = null;
        scope = null;
        durationNs = null;
        bindId = null;
        flowIn = false;
        flowOut = false;
        json.nextToken();
        while (json.nextToken() == JsonToken.PROPERTY_NAME) {
            String key = json.currentName();
            JsonToken token = json.nextToken();
            if (key.equals("id2") && token == JsonToken.START_OBJECT) {
                idInside(json);
            } else if (token.isScalarValue()) {
                scalar(key, json);
            } else {
                json.skipChildren();
            }
        }
    }

    private void scalar(String key, JsonParser json) {
        switch (key) {
            case "ph" -> letter = json.getString();
            case "name" -> name = json.getString();
            case "cat" -> category = json.getString();
            case "pid" -> pid = json.getString();
            case "tid" -> tid = json.getString();
            case "id" -> id = json.getString();
            case "scope", "s" -> scope = scope == null ? json.getString() : scope;
            case "dur" -> durationNs = DecimalTime.nanos(json.getString());
            case "bind_id" -> bindId = json.getString();
            case "flow_in" -> flowIn = json.currentToken() == JsonToken.VALUE_TRUE;
            case "flow_out" -> flowOut = json.currentToken() == JsonToken.VALUE_TRUE;
            default -> {} // a field
        }
    }

    private void idInside(JsonParser json) {
        while (json.nextToken() == JsonToken.PROPERTY_NAME) {
            String kind = json.currentName();
            if (json.nextToken().isScalarValue()) {
                id = kind + ":" + json.getString();
            } else {
                json.skipChildren();
            }
        }
    }

    /// Adds the fields; the parser stands before the object.
    void readFields(JsonParser json) {
        json.nextToken();
        while (json.nextToken() == JsonToken.PROPERTY_NAME) {
            String key = json.currentName();
            JsonToken token = json.nextToken();
            switch (key) {
                case "ph",
                        "name",
                        "cat",
                        "pid",
                        "tid",
                        "id",
                        "id2",
                        "scope",
                        "s",
                        "ts",
                        "dur",
                        "bind_id",
                        "flow_in",
                        "flow_out" ->
                        json.skipChildren();
                case "args" -> {
                    if (token == JsonToken.START_OBJECT) {
                        members("", json, 0);
                    } else {
                        value("args", json, token, 0);
                    }
                }
                default -> value(key, json, token, 0);
            }
        }
    }

    private void members(String prefix, JsonParser json, int depth) {
        while (json.nextToken() == JsonToken.PROPERTY_NAME) {
            String key = prefix + json.currentName();
            value(key, json, json.nextToken(), depth);
        }
    }

    private void value(String key, JsonParser json, JsonToken token, int depth) {
        switch (token) {
            case VALUE_STRING, VALUE_NUMBER_FLOAT -> arguments.text(key, json.getString());
            case VALUE_TRUE -> arguments.flag(key, true);
            case VALUE_FALSE -> arguments.flag(key, false);
            case VALUE_NUMBER_INT -> integer(key, json.getString());
            case START_OBJECT -> {
                if (depth < DEEPEST_NAME) {
                    members(key + ".", json, depth + 1);
                } else {
                    arguments.text(key, copied(json));
                }
            }
            case START_ARRAY -> arguments.text(key, copied(json));
            default -> {} // null: absent
        }
    }

    private void integer(String key, String digits) {
        try {
            arguments.number(key, Unit.NONE, true, Long.parseLong(digits));
        } catch (NumberFormatException tooLarge) {
            arguments.text(key, digits);
        }
    }

    private static String copied(JsonParser json) {
        StringWriter text = new StringWriter();
        try (JsonGenerator copy = LISTS.createGenerator(ObjectWriteContext.empty(), text)) {
            copy.copyCurrentStructure(json);
        }
        return text.toString();
    }

    // ---- what was read ------------------------------------------------------------------------

    String letter() {
        return letter;
    }

    String name() {
        return name;
    }

    @Nullable String category() {
        return category;
    }

    String pid() {
        return pid;
    }

    String tid() {
        return tid;
    }

    /// `0x7`, `local:0x7` or null.
    @Nullable String id() {
        return id;
    }

    @Nullable String scope() {
        return scope;
    }

    @Nullable Long durationNs() {
        return durationNs;
    }

    /// Id of the flow a slice takes part in, or null.
    @Nullable String bindId() {
        return bindId;
    }

    boolean flowIn() {
        return flowIn;
    }

    boolean flowOut() {
        return flowOut;
    }
}
