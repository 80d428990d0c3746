package org.panscope.trace.chrome;

import org.jspecify.annotations.Nullable;

import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

import java.util.HashMap;
import java.util.Map;

/// What the metadata of a file call its processes and threads. Numbers of both may be texts.
final class ChromeNames {
    private static final int MOST = 100_000;
    private static final int LONGEST = 500;

    private final Map<String, String> processes = new HashMap<>();
    private final Map<String, String> threads = new HashMap<>();

    /// Takes in one event of phase `M`; the parser stands on the beginning of its object.
    void learn(JsonParser json) {
        String what = "";
        String pid = "";
        String tid = "";
        String value = null;
        while (json.nextToken() == JsonToken.PROPERTY_NAME) {
            String key = json.currentName();
            JsonToken token = json.nextToken();
            switch (key) {
                case "name" -> what = text(json, token);
                case "pid" -> pid = text(json, token);
                case "tid" -> tid = text(json, token);
                case "args" -> {
                    String given = token == JsonToken.START_OBJECT ? nameIn(json) : null;
                    value = given == null ? value : given;
                }
                default -> json.skipChildren();
            }
        }
        if (value == null || value.length() > LONGEST) {
            return;
        }
        if (what.equals("process_name") && processes.size() < MOST) {
            processes.put(pid, value);
        } else if (what.equals("thread_name") && threads.size() < MOST) {
            threads.put(pid + ' ' + tid, value);
        }
    }

    private static @Nullable String nameIn(JsonParser json) {
        String found = null;
        while (json.nextToken() == JsonToken.PROPERTY_NAME) {
            String key = json.currentName();
            JsonToken token = json.nextToken();
            if (key.equals("name") && token.isScalarValue()) {
                found = json.getString();
            } else {
                json.skipChildren();
            }
        }
        return found;
    }

    private static String text(JsonParser json, JsonToken token) {
        if (token.isScalarValue()) {
            return json.getString();
        }
        json.skipChildren();
        return "";
    }

    @Nullable String process(String pid) {
        return processes.get(pid);
    }

    @Nullable String thread(String pid, String tid) {
        return threads.get(pid + ' ' + tid);
    }
}
