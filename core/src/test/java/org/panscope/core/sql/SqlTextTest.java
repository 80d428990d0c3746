package org.panscope.core.sql;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.List;

class SqlTextTest {
    @Test
    void namesAreFoundWhereverTheyStand() {
        SqlText text =
                SqlText.of(
                        "SELECT e.T FROM Events e JOIN \"sched:Sched_switch\" s ON e.x = 'it''s'"
                                + " -- slots\n /* jobs */ WHERE f($$fences$$, $a$waits$a$)");
        assertTrue(
                text.names()
                        .containsAll(
                                List.of(
                                        "events",
                                        "sched:sched_switch",
                                        "it's",
                                        "fences",
                                        "waits")));
        assertFalse(text.names().contains("slots"));
        assertFalse(text.names().contains("jobs"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT 1",
                "SELECT 1;",
                "SELECT 1; -- done; really\n ; /* ; x */",
                "SELECT ';', \";\", $$;$$, $x$ ; $x$ FROM t",
                "SELECT E'\\'; DROP'",
                "SELECT 'never closed; SELECT 2",
                "SELECT /* never closed ; SELECT 2"
            })
    void thisIsOneStatement(String sql) {
        assertTrue(SqlText.of(sql).isSingleStatement());
        assertFalse(SqlText.of(sql).isEmpty());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT 1; SELECT 2",
                "SELECT ''; SELECT 2",
                "SELECT 'a\\'; SELECT 2",
                "SELECT $$a$$;SELECT 2",
                ";SELECT 1;\nSET threads = 1"
            })
    void thisIsMoreThanOne(String sql) {
        assertFalse(SqlText.of(sql).isSingleStatement());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "  \n", "-- nothing", ";", "/* nothing */ ;"})
    void thisIsNone(String sql) {
        assertTrue(SqlText.of(sql).isEmpty());
        assertEquals(0, SqlText.of(sql).names().size());
    }
}
