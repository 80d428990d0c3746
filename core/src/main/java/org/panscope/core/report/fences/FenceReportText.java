package org.panscope.core.report.fences;

import java.util.List;
import java.util.Map;

/// A fence report as Markdown.
public final class FenceReportText {
    private final StringBuilder text = new StringBuilder();

    private FenceReportText() {}

    /// The whole page.
    public static String of(FenceReport report) {
        FenceReportText page = new FenceReportText();
        page.write(report);
        return page.text.toString();
    }

    private void write(FenceReport report) {
        text.append("# Fences of ")
                .append(cell(report.source()))
                .append("\n\n")
                .append(report.eventCount())
                .append(
                        " events. Places are cursors: `panscope explain FILE --at CURSOR` goes on"
                                + " from there.\n\n"
                                + "## The reviewers' questions\n");
        for (Answer answer : report.answers()) {
            text.append("\n### ")
                    .append(answer.id())
                    .append(". ")
                    .append(answer.question())
                    .append(" (")
                    .append(answer.asker())
                    .append(")\n\n")
                    .append(answer.answer())
                    .append('\n');
            if (!answer.details().isEmpty()) {
                text.append('\n');
                answer.details().forEach(detail -> text.append("- ").append(detail).append('\n'));
            }
        }
        fences(report);
        latency(report);
    }

    private void fences(FenceReport report) {
        text.append("\n## Published fences\n\n");
        if (report.fences().isEmpty()) {
            text.append("No published fence was signalled.\n");
            return;
        }
        row(
                List.of(
                        "fence",
                        "created",
                        "armed",
                        "published",
                        "where",
                        "signalled",
                        "after",
                        "by",
                        "error"));
        row(List.of("---", "---", "---", "---", "---", "---", "---", "---", "---"));
        report.fences().forEach(this::row);
        if (report.fenceCount() > report.fences().size()) {
            text.append("\nThe first ")
                    .append(report.fences().size())
                    .append(" of ")
                    .append(report.fenceCount())
                    .append(".\n");
        }
    }

    private void latency(FenceReport report) {
        text.append("\n## Where the time of a batch goes\n\n")
                .append(Words.of(report.announcedBatches(), "store"))
                .append(" of INSERT, ")
                .append(report.executedBatches())
                .append(" executed to the end.\n\n");
        if (report.stages().isEmpty()) {
            text.append("No later step of a batch is in the trace.\n");
            return;
        }
        row(List.of("step, from the one before", "batches", "p50", "p90", "p99", "max"));
        row(List.of("---", "---:", "---:", "---:", "---:", "---:"));
        for (Map.Entry<Stage, Durations> entry : report.stages().entrySet()) {
            durations(entry.getKey().text(), entry.getValue());
        }
        durations("INSERT to the last step seen", report.batchTotal());
        text.append("\n```\n");
        report.batchTotal().histogram().forEach(line -> text.append(line).append('\n'));
        text.append("```\n");
    }

    private void durations(String name, Durations of) {
        row(
                List.of(
                        name,
                        Integer.toString(of.count()),
                        Words.duration(of.percentile(50)),
                        Words.duration(of.percentile(90)),
                        Words.duration(of.percentile(99)),
                        Words.duration(of.max())));
    }

    private void row(List<String> cells) {
        text.append("| ");
        text.append(String.join(" | ", cells.stream().map(FenceReportText::cell).toList()));
        text.append(" |\n");
    }

    private static String cell(String content) {
        return content.replace("|", "\\|").replace("\n", " ");
    }
}
