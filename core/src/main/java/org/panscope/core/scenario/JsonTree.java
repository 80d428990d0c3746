package org.panscope.core.scenario;

import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonReadFeature;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A JSON document in which everything knows its place. Comments are allowed, duplicate keys and
/// numbers with a fraction are not.
final class JsonTree {
    private static final int MAX_CHARS = 16 << 20;

    private static final JsonFactory FACTORY =
            JsonFactory.builder()
                    .enable(JsonReadFeature.ALLOW_JAVA_COMMENTS)
                    .enable(JsonReadFeature.ALLOW_TRAILING_COMMA)
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build();

    private JsonTree() {}

    /// A value in the document.
    sealed interface Node {
        Place place();

        /// What it is, for messages.
        default String kind() {
            return switch (this) {
                case ObjectNode _ -> "an object";
                case ArrayNode _ -> "an array";
                case TextNode _ -> "a string";
                case NumberNode _ -> "a number";
                case FlagNode _ -> "true or false";
                case NullNode _ -> "null";
            };
        }
    }

    /// An object; keys know their places too.
    record ObjectNode(Place place, Map<String, Node> members, Map<String, Place> keys)
            implements Node {}

    record ArrayNode(Place place, List<Node> elements) implements Node {}

    record TextNode(Place place, String text) implements Node {}

    record NumberNode(Place place, BigInteger value) implements Node {}

    record FlagNode(Place place, boolean value) implements Node {}

    record NullNode(Place place) implements Node {}

    /// Reads a whole document.
    static Node parse(String file, String text) throws ScenarioException {
        if (text.length() > MAX_CHARS) {
            throw new ScenarioException(
                    file, "a scenario has at most " + MAX_CHARS + " characters");
        }
        try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), text)) {
            JsonToken first = parser.nextToken();
            if (first == null) {
                throw new ScenarioException(file, new Place(1, 1), "the file is empty");
            }
            Node root = node(file, parser, first);
            if (parser.nextToken() != null) {
                throw new ScenarioException(
                        file, here(parser), "something follows the end of the scenario");
            }
            return root;
        } catch (JacksonException e) {
            TokenStreamLocation at = e.getLocation();
            Place place =
                    at == null
                            ? new Place(1, 1)
                            : new Place(Math.max(1, at.getLineNr()), Math.max(1, at.getColumnNr()));
            throw new ScenarioException(file, place, firstLine(e.getOriginalMessage()));
        }
    }

    private static Node node(String file, JsonParser parser, JsonToken token)
            throws ScenarioException {
        Place place = here(parser);
        return switch (token) {
            case START_OBJECT -> object(file, parser, place);
            case START_ARRAY -> {
                List<Node> elements = new ArrayList<>();
                for (JsonToken next = parser.nextToken();
                        next != JsonToken.END_ARRAY;
                        next = parser.nextToken()) {
                    elements.add(node(file, parser, next));
                }
                yield new ArrayNode(place, elements);
            }
            case VALUE_STRING -> new TextNode(place, parser.getString());
            case VALUE_NUMBER_INT -> new NumberNode(place, parser.getBigIntegerValue());
            case VALUE_TRUE -> new FlagNode(place, true);
            case VALUE_FALSE -> new FlagNode(place, false);
            case VALUE_NULL -> new NullNode(place);
            case VALUE_NUMBER_FLOAT ->
                    throw new ScenarioException(
                            file, place, "numbers are whole; write durations as \"1500us\"");
            default -> throw new ScenarioException(file, place, "unexpected " + token);
        };
    }

    private static ObjectNode object(String file, JsonParser parser, Place place)
            throws ScenarioException {
        Map<String, Node> members = new LinkedHashMap<>();
        Map<String, Place> keys = new LinkedHashMap<>();
        for (JsonToken next = parser.nextToken();
                next == JsonToken.PROPERTY_NAME;
                next = parser.nextToken()) {
            String key = parser.currentName();
            keys.put(key, here(parser));
            members.put(key, node(file, parser, parser.nextToken()));
        }
        return new ObjectNode(place, members, keys);
    }

    private static Place here(JsonParser parser) {
        TokenStreamLocation at = parser.currentTokenLocation();
        return new Place(at.getLineNr(), at.getColumnNr());
    }

    private static String firstLine(String message) {
        int end = message.indexOf('\n');
        return end < 0 ? message : message.substring(0, end);
    }
}
