package org.panscope.app.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

import tools.jackson.databind.JsonNode;

import java.util.TreeSet;

class CheckCommandTest {
    private static final String RACE = "../samples/create-kick-race.json";

    @Test
    void findingsMakeStatusThree() {
        CommandRun run = CommandRun.of("check", RACE, "--rule", "I4");
        assertEquals(3, run.status());
        assertTrue(
                run.out().contains("GROUP_KICK scheduled group 3 before GROUP_CREATE had linked"),
                run.out());
        assertTrue(run.out().contains("2 findings: 2 E (bug); 1 rules judged"), run.out());
    }

    @Test
    void jsonNamesPlacesObjectsAndProof() {
        CommandRun run = CommandRun.of("check", "--json", RACE);
        assertEquals(3, run.status());
        JsonNode verdict = run.parsed();
        TreeSet<String> rules = new TreeSet<>();
        for (JsonNode finding : verdict.get("findings")) {
            rules.add(finding.get("rule").asString());
            assertTrue(finding.get("from").asString().matches("@\\d+ns#\\d+"));
            assertTrue(finding.get("to").asString().matches("@\\d+ns#\\d+"));
            assertTrue(finding.get("message").asString().endsWith("."));
            assertTrue(!finding.get("events").isEmpty());
        }
        assertTrue(rules.contains("I1") && rules.contains("I2"), rules::toString);
        assertEquals("group:3", firstOf(verdict, "I4").get("objects").get(0).asString());
        assertEquals("E", firstOf(verdict, "I4").get("severity").asString());
        assertEquals(0, verdict.get("not_checkable").size());
    }

    private static JsonNode firstOf(JsonNode verdict, String rule) {
        for (JsonNode finding : verdict.get("findings")) {
            if (finding.get("rule").asString().equals(rule)) {
                return finding;
            }
        }
        throw new AssertionError(rule);
    }

    @Test
    void nothingFoundIsFine() {
        String out = CommandRun.of("check", "../samples/kernel-submit.json").fine();
        assertTrue(out.startsWith("0 findings; 37 rules judged this trace"), out);
    }

    @Test
    void whatACaptureCannotShowIsSaid() {
        CommandRun run = CommandRun.of("check", CommandRun.CAPTURE);
        assertTrue(run.out().contains("C7: not checkable: needs rpm_resume"), run.out());
        assertTrue(run.out().contains("I28: not checkable: needs KICK"), run.out());
    }

    @Test
    void unknownRuleIsWrongUsage() {
        CommandRun run = CommandRun.of("check", RACE, "--rule", "I99");
        assertEquals(2, run.status());
        assertTrue(run.err().contains("--rule I99: there is no such rule; there are I1, I2"));
    }
}
