package org.panscope.core.sql.derived;

import org.jspecify.annotations.Nullable;
import org.panscope.core.capture.TraceReduction;
import org.panscope.core.capture.pairing.CapturePairs;
import org.panscope.core.sql.schema.ColumnInfo;
import org.panscope.core.sql.schema.TableInfo;
import org.panscope.core.sql.schema.TableInfoBuilder;
import org.panscope.core.state.EventTranslator;
import org.panscope.trace.event.TraceEvent;
import org.panscope.trace.io.Event;
import org.panscope.trace.io.EventCursor;
import org.panscope.trace.io.Trace;
import org.panscope.trace.schema.EventTypeInfo;
import org.panscope.trace.schema.RecordType;
import org.panscope.trace.schema.Vocabulary;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongConsumer;

/// All derived tables. One pass over the trace writes them; memory follows what is open at one
/// time.
public final class DerivedTables {
    /// The part they are.
    public static final String PART = "derived";

    private static final TableInfo FINDINGS =
            new TableInfoBuilder("findings", PART, "what the analyzer found")
                    .text("rule", "id of the rule")
                    .text("severity", "")
                    .number("from_seq", "first event concerned")
                    .number("to_seq", "last event concerned")
                    .number("t", "time of the first, ns")
                    .text("objects", "object ids, joined by spaces")
                    .text("message", "")
                    .cursor()
                    .build();

    private static final List<TableInfo> INFOS =
            List.of(
                    QueueTable.INFO,
                    GroupTable.INFO,
                    SlotTable.INFO,
                    JobTable.INFO,
                    FenceTable.INFO,
                    WaitTable.INFO,
                    BatchTable.INFO,
                    FINDINGS);

    /// Progress is told every so many events.
    private static final long STEP = 1 << 12;

    private DerivedTables() {}

    public static List<TableInfo> infos() {
        return INFOS;
    }

    /// The columns rows are sorted by: the first place, else what stands first.
    public static String orderOf(TableInfo table) {
        String first = table.columns().getFirst().name();
        for (ColumnInfo column : table.columns()) {
            if (column.name().equals("from_seq") || column.name().equals("insert_seq")) {
                return column.name() + ", " + first;
            }
        }
        return "CAST(split_part(cursor, '#', 2) AS BIGINT), " + first;
    }

    /// Reads a trace and writes all rows.
    ///
    /// @param outputs of each of [#infos()]
    /// @param reached is told the `seq` reached, now and then
    /// @throws CancellationException when `isCancelled` says so
    public static void write(
            Trace trace,
            FindingSource findings,
            Function<TableInfo, RowOutput> outputs,
            LongConsumer reached,
            BooleanSupplier isCancelled) {
        Listeners listeners = new Listeners();
        Residency residency = new Residency();
        residency.register(listeners);
        RowOutput jobs = outputs.apply(JobTable.INFO);
        RowOutput fences = outputs.apply(FenceTable.INFO);
        RowOutput waits = outputs.apply(WaitTable.INFO);
        RowOutput slots = outputs.apply(SlotTable.INFO);
        List<DerivedTable> tables =
                List.of(
                        new QueueTable(outputs.apply(QueueTable.INFO), residency),
                        new GroupTable(outputs.apply(GroupTable.INFO)),
                        new SlotTable(slots),
                        new JobTable(jobs),
                        new FenceTable(fences),
                        new WaitTable(waits, residency),
                        new BatchTable(outputs.apply(BatchTable.INFO), residency));
        tables.forEach(table -> table.register(listeners));
        CapturedRows captured = new CapturedRows(jobs, fences, waits, slots);
        CapturePairs pairs = new CapturePairs(trace, captured);
        List<@Nullable Consumer<EventCursor>> readers = readers(trace, listeners, pairs);
        EventCursor cursor = trace.cursor(0);
        while (cursor.next()) {
            Consumer<EventCursor> reader = readers.get(cursor.typeIndex());
            if (reader != null) {
                reader.accept(cursor);
            }
            if (cursor.seq() % STEP == 0) {
                reached.accept(cursor.seq());
                if (isCancelled.getAsBoolean()) {
                    throw new CancellationException("cancelled");
                }
            }
        }
        pairs.finish();
        captured.finish();
        tables.forEach(DerivedTable::finish);
        findings(trace, findings, outputs.apply(FINDINGS));
    }

    /// What reads the events of each type, null where nobody cares.
    private static List<@Nullable Consumer<EventCursor>> readers(
            Trace trace, Listeners listeners, CapturePairs pairs) {
        EventTranslator translator =
                trace.header().isEmulated()
                        ? EventTranslator.NONE
                        : TraceReduction.translatorFor(trace);
        List<@Nullable Consumer<EventCursor>> readers = new ArrayList<>();
        for (EventTypeInfo type : trace.types()) {
            if (!type.isDynamic()) {
                RecordType known = Vocabulary.get().named(type.name());
                readers.add(
                        known != null && listeners.wants(known.recordClass())
                                ? event -> vocabulary(event, listeners)
                                : null);
            } else if (trace.header().isEmulated()) {
                // The vocabulary of a run says more than its tracepoints.
                readers.add(null);
            } else if (type.fieldIndex("verb") >= 0) {
                readers.add(event -> marker(event, translator, listeners));
            } else {
                readers.add(pairs.reader(type));
            }
        }
        return readers;
    }

    private static void vocabulary(EventCursor cursor, Listeners listeners) {
        Event event = cursor.event();
        TraceEvent record = event.record();
        if (record != null) {
            listeners.tell(event, record);
        }
    }

    private static void marker(
            EventCursor cursor, EventTranslator translator, Listeners listeners) {
        Event event = cursor.event();
        translator.translate(event).forEach(record -> listeners.tell(event, record));
    }

    private static void findings(Trace trace, FindingSource source, RowOutput output) {
        for (FindingSource.FindingRow finding : source.findings(trace)) {
            long from = Math.clamp(finding.fromSeq(), 0, Math.max(0, trace.eventCount() - 1));
            Moment moment =
                    new Moment(finding.fromSeq(), trace.eventCount() == 0 ? 0 : trace.timeNs(from));
            new Row(FINDINGS)
                    .put("rule", finding.rule())
                    .put("severity", finding.severity())
                    .put("from_seq", finding.fromSeq())
                    .put("to_seq", finding.toSeq())
                    .put("t", moment.timeNs())
                    .put("objects", String.join(" ", finding.objects()))
                    .put("message", finding.message())
                    .cursor(moment)
                    .writeTo(output);
        }
    }
}
