package org.panscope.core.analysis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;

/// The ten scenarios of the review, as posted and with the switch that mends them: exactly those
/// rules of severity E are broken, and at least those others.
class VerdictMatrixTest {
    /// One cell of the matrix.
    ///
    /// @param errors rules whose findings of severity E there are
    /// @param others rules of severity W or P that have to be among the findings
    /// @param besides rules of severity E that are broken in the same run for a reason of their own
    /// @param reason that reason
    record Cell(
            int scenario,
            String sample,
            String variant,
            List<String> errors,
            List<String> others,
            List<String> besides,
            String reason) {
        @Override
        public String toString() {
            return scenario + " " + sample + (variant.isEmpty() ? "" : " " + variant);
        }
    }

    private static Cell cell(
            int scenario, String sample, String variant, List<String> errors, String... others) {
        return new Cell(scenario, sample, variant, errors, List.of(others), List.of(), "");
    }

    private static Cell cell(
            int scenario,
            String sample,
            String variant,
            List<String> errors,
            List<String> others,
            List<String> besides,
            String reason) {
        return new Cell(scenario, sample, variant, errors, others, besides, reason);
    }

    static Stream<Cell> cells() {
        String stale = "the scenario is about a KICK on a handle nobody has";
        String badAddress = "the job's long list of operations ends in an address without memory";
        return Stream.of(
                cell(1, "hello-ring", "", List.of(), "I14"),
                cell(1, "hello-ring", "kick-pm-ref", List.of()),
                cell(2, "mixed-flows", "", List.of(), "I33"),
                cell(2, "mixed-flows", "zap-one-page", List.of()),
                cell(
                        3,
                        "create-kick-race",
                        "",
                        List.of("I1", "I2", "I4"),
                        List.of(),
                        List.of("I12", "I28"),
                        "an innocent group is stranded on the torn list; " + stale),
                cell(
                        3,
                        "create-kick-race",
                        "register-mark",
                        List.of(),
                        List.of(),
                        List.of("I28"),
                        stale),
                cell(4, "evict-vs-ring-a", "", List.of()),
                cell(4, "evict-vs-ring-b", "", List.of("I12")),
                cell(4, "evict-vs-ring-b", "suspend-recheck", List.of()),
                cell(4, "evict-vs-ring-c", "", List.of("I12")),
                cell(4, "evict-vs-ring-c", "suspend-recheck", List.of("I12")),
                cell(4, "evict-vs-ring-d", "", List.of("I12", "I13")),
                cell(4, "evict-vs-ring-d", "suspend-recheck", List.of()),
                cell(4, "starved-kick", "", List.of("I12", "I13")),
                cell(4, "starved-kick", "suspend-list-by-idle", List.of()),
                cell(5, "stale-doorbell-dummy", "", List.of("I12"), "I8"),
                cell(5, "stale-doorbell-dummy", "fault-under-lock", List.of()),
                cell(5, "stale-doorbell-real", "", List.of("I7", "I9")),
                cell(5, "stale-doorbell-real", "fault-under-lock", List.of()),
                cell(5, "stale-doorbell-suspend", "", List.of("I7")),
                cell(5, "stale-doorbell-suspend", "fault-under-lock", List.of()),
                cell(6, "xgs-bridge", "", List.of(), "I24"),
                cell(6, "xgs-signal-unseen", "", List.of("I15"), "I24"),
                cell(6, "xgs-signal-unseen", "signal-rings", List.of(), "I24"),
                cell(7, "xgs-timeout-chain", "", List.of("I36"), "I18", "I35", "I23"),
                cell(
                        7,
                        "xgs-timeout-chain",
                        "error-state",
                        List.of(),
                        List.of("I18"),
                        List.of("I21"),
                        "SIGNALs with an error store the value first, as patch 5/8 has it"),
                cell(
                        7,
                        "xgs-timeout-race",
                        "",
                        List.of("I17", "I19"),
                        List.of(),
                        List.of("I34"),
                        badAddress),
                cell(
                        7,
                        "xgs-timeout-race",
                        "error-state",
                        List.of(),
                        List.of(),
                        List.of("I34"),
                        badAddress),
                cell(8, "xgs-destroy-and-close", "", List.of("I29", "I30")),
                cell(8, "xgs-destroy-and-close", "file-ref", List.of("I29")),
                cell(9, "group-death-fatal", "", List.of("I31")),
                cell(9, "group-death-fatal", "announced", List.of()),
                cell(9, "group-death-progress", "", List.of("I31")),
                cell(9, "group-death-progress", "announced", List.of()),
                cell(9, "group-death-mmu", "", List.of("I31")),
                cell(9, "group-death-mmu", "announced", List.of()),
                cell(9, "group-death-reset", "", List.of("I5", "I6")),
                cell(9, "group-death-reset", "announced", List.of()),
                cell(10, "indefinite-fence", "", List.of(), "I23", "I24", "I25", "I26"),
                cell(10, "eviction-fence", "", List.of()));
    }

    @ParameterizedTest
    @MethodSource("cells")
    void isAsReviewed(Cell cell) {
        Verdict verdict =
                Analyzer.analyze(AnalyzedSamples.trace(cell.sample() + ".json", cell.variant()));
        SortedSet<String> errors = new TreeSet<>();
        SortedSet<String> others = new TreeSet<>();
        for (Finding finding : verdict.findings()) {
            (finding.severity() == Severity.ERROR ? errors : others).add(finding.rule());
        }
        SortedSet<String> expected = new TreeSet<>(cell.errors());
        expected.addAll(cell.besides());
        assertEquals(expected, errors, () -> verdict.findings().toString());
        assertTrue(others.containsAll(cell.others()), () -> cell.others() + " in " + others);
        assertEquals(cell.besides().isEmpty(), cell.reason().isEmpty(), "each has a reason");
    }

    @ParameterizedTest
    @MethodSource("happyPaths")
    void happyPathsHaveNoErrors(String sample) {
        Verdict verdict = Analyzer.analyze(AnalyzedSamples.trace(sample + ".json", ""));
        assertEquals(
                List.of(),
                verdict.findings().stream()
                        .filter(finding -> finding.severity() == Severity.ERROR)
                        .toList());
    }

    static Stream<String> happyPaths() {
        return Stream.of(
                "hello-ring",
                "kernel-submit",
                "demo",
                "eight-groups",
                "mixed-flows",
                "ring-wrap",
                "eventfd-never-read",
                "priority-inversion",
                "two-groups-endpoints",
                "tiler-oom",
                "tiler-oom-user",
                "indirect-scoreboard",
                "xgs-bridge",
                "shared-sync-object",
                "job-per-submit",
                "eviction-fence");
    }
}
