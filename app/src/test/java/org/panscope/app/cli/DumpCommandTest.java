package org.panscope.app.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;

import tools.jackson.databind.JsonNode;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Predicate;

class DumpCommandTest {
    @Test
    void jsonLinesHaveWhatTheContractPromises() {
        for (String file : List.of(CommandRun.HELLO, CommandRun.CAPTURE)) {
            List<JsonNode> events = dump(file);
            for (int i = 0; i < events.size(); i++) {
                JsonNode event = events.get(i);
                assertEquals(i, event.get("seq").asLong());
                assertTrue(event.get("t").isIntegralNumber(), event::toString);
                for (String key : List.of("type", "layer", "track")) {
                    assertTrue(event.get(key).isString(), event::toString);
                }
                assertTrue(event.get("fields").isObject(), event::toString);
                JsonNode cause = event.get("cause");
                assertTrue(cause == null || cause.asLong() < i, event::toString);
            }
        }
    }

    @Test
    void captureEventsKeepCpuAndTask() {
        JsonNode event = dump(CommandRun.CAPTURE).getFirst();
        assertNotNull(event.get("cpu"));
        assertNotNull(event.get("pid"));
        assertNotNull(event.get("comm"));
    }

    @Test
    void eventfdOfTheDoorbellBatchLeadsBackToItsInsertStore() {
        List<JsonNode> events = dump(CommandRun.HELLO);
        int insert = lastOf(events, "INSERT_WRITE");
        int eventfd = insert;
        while (!isType(events.get(eventfd), "EVENTFD")) {
            eventfd++;
        }

        int at = eventfd;
        at = back(events, at, e -> isType(e, "IRQ") && has(e, "step", "raise"));
        at = back(events, at, e -> isType(e, "SYNC_MEM"));
        at = back(events, at, e -> isType(e, "FW_CS") && has(e, "step", "fetch"));
        at = back(events, at, e -> isType(e, "DB_RING"));
        at = back(events, at, e -> isType(e, "INSERT_WRITE"));
        assertEquals(insert, at);
    }

    @Test
    void boundsAreInclusiveForTimesAndCountEventsForCursors() {
        List<JsonNode> all = dump(CommandRun.HELLO);
        long time = all.get(300).get("t").asLong();
        List<JsonNode> same = all.stream().filter(e -> e.get("t").asLong() == time).toList();

        assertEquals(same, dump(CommandRun.HELLO, "--from", time, "--to", time));
        assertEquals(
                same, dump(CommandRun.HELLO, "--from", "@" + time + "ns", "--to", time + "ns"));
        assertEquals(all.subList(5, 9), dump(CommandRun.HELLO, "--from", "#5", "--to", "#9"));
        assertEquals(
                all.subList(300, all.size()),
                dump(CommandRun.HELLO, "--from", "@" + time + "ns#300"));
        assertEquals(List.of(), dump(CommandRun.HELLO, "--from", "#5", "--to", "#5"));
        assertEquals(List.of(), dump(CommandRun.HELLO, "--from", "1000s"));
    }

    @Test
    void whereKeepsTheEventsThatFit() {
        List<JsonNode> expected =
                dump(CommandRun.HELLO).stream().filter(e -> isType(e, "DB_RING")).toList();
        assertFalse(expected.isEmpty());
        assertEquals(expected, dump(CommandRun.HELLO, "--where", "type == DB_RING"));
        assertEquals(List.of(), dump(CommandRun.HELLO, "--where", "type == DB_RING && gid == 99"));
    }

    @Test
    void textAndCsvHaveOneLineForEachEvent() {
        String longMessages = CommandRun.SAMPLES.resolve("group-death-fatal.json").toString();
        for (String file : List.of(CommandRun.HELLO, longMessages)) {
            int events = dump(file).size();
            List<String> text = CommandRun.of("dump", file).lines();
            assertEquals(events, text.size());
            assertTrue(text.getFirst().startsWith("      0 "), text.getFirst());
            List<String> csv = CommandRun.of("dump", "--format", "csv", file).lines();
            assertEquals(
                    "seq,t,type,layer,track,cause,cpu,pid,comm,context,locks,fields",
                    csv.getFirst());
            assertEquals(events + 1, csv.size());
        }
    }

    @Test
    void textOfAHostileCaptureStaysOneLineAndSendsNoEscapes() {
        String line =
                "{\"seq\":0,\"t\":0,\"type\":\"MARK\",\"layer\":\"mark\",\"track\":\"process p\","
                        + "\"comm\":\"a\",\"fields\":{\"text\":\"one\\ntwo\\u001b[31m\"}}\n";
        CommandRun run = CommandRun.withInput(line.getBytes(StandardCharsets.UTF_8), "dump", "-");
        assertEquals(1, run.lines().size());
        assertFalse(run.out().contains("\u001b"), run.out());
    }

    private static List<JsonNode> dump(String file, Object... more) {
        Object[] arguments = new Object[4 + more.length];
        arguments[0] = "dump";
        arguments[1] = "--format";
        arguments[2] = "jsonl";
        arguments[3] = file;
        System.arraycopy(more, 0, arguments, 4, more.length);
        return CommandRun.of(arguments).jsonLines();
    }

    private static boolean isType(JsonNode event, String type) {
        return event.get("type").asString().equals(type);
    }

    private static boolean has(JsonNode event, String field, String value) {
        JsonNode found = event.get("fields").get(field);
        return found != null && found.asString().equalsIgnoreCase(value);
    }

    private static int lastOf(List<JsonNode> events, String type) {
        for (int i = events.size() - 1; i >= 0; i--) {
            if (isType(events.get(i), type)) {
                return i;
            }
        }
        return Assertions.fail("no " + type);
    }

    private static int back(List<JsonNode> events, int from, Predicate<JsonNode> wanted) {
        JsonNode cause = events.get(from).get("cause");
        while (cause != null) {
            JsonNode event = events.get(cause.asInt());
            if (wanted.test(event)) {
                return cause.asInt();
            }
            cause = event.get("cause");
        }
        return Assertions.fail("the causes of " + events.get(from) + " end too early");
    }
}
