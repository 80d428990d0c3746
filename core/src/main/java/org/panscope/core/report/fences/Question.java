package org.panscope.core.report.fences;

import java.util.List;

/// The questions as they were asked on dri-devel, 28 August to 11 November 2024.
enum Question {
    V1("C. König", "How is forward progress of fence signalling guaranteed?"),
    V2("C. König", "Does memory management ever depend on a fence that a timeout has to resolve?"),
    V3(
            "C. König",
            "When are fences created and published, and is what signals them under way then?"),
    V4("C. König", "Can dependencies form a cycle?"),
    V5("C. König", "How is a user queue suspended, and what happens to work that comes meanwhile?"),
    V6("S. Vetter", "Does the mutex of an XGS queue live as long as the queue?"),
    V7(
            "C. König",
            "Is memory allocated, or a reservation locked, on the way to signalling a fence?"),
    V8("S. Vetter", "Could a shrinker reclaim memory without waiting for a user-controlled fence?"),
    V9(
            "S. Vetter",
            "Is each context long-running without fences, or fenced with all waits queued?"),
    V10("S. Vetter", "Does every advance of a ring pass a kernel job?"),
    V11("B. Brezillon", "Is what executes covered by a fence in its address space?"),
    V12("B. Brezillon", "How many ioctls does a submission cost?"),
    V13("B. Brezillon", "When are groups resident?"),
    V14(
            "C. König",
            "Do submission fences signal before the eviction fence, and none come between?"),
    V15("S. Vetter", "Are completion fences made under rules that keep them free of deadlocks?"),
    V16("S. Price", "Does a timer end what never ends?"),
    V17("S. Price", "How much memory does user submission pin?");

    final String asker;
    final String text;

    Question(String asker, String text) {
        this.asker = asker;
        this.text = text;
    }

    Answer answered(String answer, List<String> details) {
        return new Answer(name(), asker, text, true, answer, details);
    }

    Answer answered(String answer) {
        return answered(answer, List.of());
    }

    Answer unanswered(String needs) {
        return new Answer(name(), asker, text, false, "Not answerable: " + needs, List.of());
    }
}
