package org.panscope.core.capture.pairing;

import org.jspecify.annotations.Nullable;
import org.panscope.core.fields.FieldReader;
import org.panscope.core.fields.Fields;
import org.panscope.trace.io.EventCursor;

import java.util.function.Consumer;

/// Interrupt handlers, softirqs and work items (`include/trace/events/{irq,workqueue}.h`). A CPU
/// runs one handler of a line at a time, and a worker thread one item.
final class HostPairs {
    private final PairBook book;
    private final Workers workers;
    private final OpenPairs<Long> interrupts;
    private final OpenPairs<Long> softirqs;
    private final QueuedWork queued;
    private final OpenPairs<Long> running;

    HostPairs(PairBook book, Workers workers) {
        this.book = book;
        this.workers = workers;
        interrupts = new OpenPairs<>(book);
        softirqs = new OpenPairs<>(book);
        queued = new QueuedWork(book);
        running = new OpenPairs<>(book);
    }

    /// What reads the events of this name, or null.
    @Nullable Consumer<EventCursor> reader(String name, Fields fields) {
        return switch (name) {
            case "irq_handler_entry" -> interrupt(fields, true);
            case "irq_handler_exit" -> interrupt(fields, false);
            case "softirq_entry" -> softirq(fields, true);
            case "softirq_exit" -> softirq(fields, false);
            case "workqueue_queue_work" -> queueWork(fields);
            case "workqueue_execute_start" -> executeStart(fields);
            case "workqueue_execute_end" -> executeEnd(fields);
            default -> null;
        };
    }

    private Consumer<EventCursor> interrupt(Fields fields, boolean begins) {
        FieldReader irq = fields.get("irq");
        FieldReader name = fields.get("name");
        return event -> {
            if (begins) {
                workers.interrupt(name.text(event), event);
            }
            onCpu(
                    interrupts,
                    PairKind.INTERRUPT,
                    irq.number(event, -1),
                    name.text(event),
                    begins,
                    event);
        };
    }

    private Consumer<EventCursor> softirq(Fields fields, boolean begins) {
        FieldReader vector = fields.get("vec");
        FieldReader action = fields.get("action");
        return event ->
                onCpu(
                        softirqs,
                        PairKind.SOFTIRQ,
                        vector.number(event, -1),
                        action.text(event),
                        begins,
                        event);
    }

    private void onCpu(
            OpenPairs<Long> open,
            PairKind kind,
            long line,
            String name,
            boolean begins,
            EventCursor event) {
        long key = (long) event.cpu() << 32 | (line & 0xffff_ffffL);
        if (begins) {
            open.put(key, book.begin(kind, name, event), event);
        } else {
            end(open.take(key), kind, name, event);
        }
    }

    private Consumer<EventCursor> queueWork(Fields fields) {
        FieldReader work = fields.get("work");
        FieldReader function = fields.get("function");
        return event -> {
            long item = work.number(event, 0);
            if (item == 0) {
                book.counter(PairKind.WORK_QUEUED).unknown(event.seq());
            } else {
                queued.queued(item, function.text(event), event);
            }
        };
    }

    private Consumer<EventCursor> executeStart(Fields fields) {
        FieldReader work = fields.get("work");
        FieldReader function = fields.get("function");
        return event -> {
            String name = function.text(event);
            workers.workStarted(name, event);
            end(queued.started(work.number(event, 0)), PairKind.WORK_QUEUED, name, event);
            running.put((long) event.pid(), book.begin(PairKind.WORK, name, event), event);
        };
    }

    private Consumer<EventCursor> executeEnd(Fields fields) {
        FieldReader function = fields.get("function");
        return event -> {
            workers.workEnded(event);
            end(running.take((long) event.pid()), PairKind.WORK, function.text(event), event);
        };
    }

    private void end(@Nullable Pair pair, PairKind kind, String name, EventCursor event) {
        if (pair == null) {
            book.loneEnd(kind, name, event);
        } else {
            book.end(pair, event, Outcome.ENDED);
        }
    }

    void finish() {
        interrupts.finish();
        softirqs.finish();
        queued.finish();
        running.finish();
    }
}
