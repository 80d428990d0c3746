package org.panscope.trace.ftrace.payload;

/// Work items (include/trace/events/workqueue.h). A function is text: a symbol, with its module in
/// brackets where it has one, or an address where the capture lacks symbols.
final class WorkqueueEvents {
    private WorkqueueEvents() {}

    static void register(PayloadDecoders decoders) {
        decoders.add(
                "workqueue_queue_work",
                EventFormat.of(
                                "work:pointer function:text workqueue:text req_cpu:dec"
                                        + " cpu:index")
                        .spelled(
                                "work struct=${work} function=${function} workqueue=${workqueue}"
                                        + " req_cpu=${req_cpu} cpu=${cpu}"));
        EventFormat work =
                EventFormat.of("work:pointer function:text")
                        .spelled("work struct ${work}{?: function ${function}?}");
        decoders.add(
                "workqueue_activate_work",
                EventFormat.of("work:pointer function:text")
                        .spelled("work struct ${work} function=${function} ")
                        .spelled("work struct ${work}"));
        decoders.add("workqueue_execute_start", work);
        decoders.add("workqueue_execute_end", work);
    }
}
