package org.panscope.core.isa;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/// Says which architectures have something that another one lacks.
final class Availability {
    private Availability() {}

    /// `from v11 on`, `up to v11`, `in v12 alone`; empty when none has it.
    static String of(Predicate<Isa> has) {
        List<Isa> having = new ArrayList<>();
        for (int architecture = Isa.FIRST; architecture <= Isa.LAST; architecture++) {
            if (has.test(Isa.of(architecture))) {
                having.add(Isa.of(architecture));
            }
        }
        if (having.isEmpty()) {
            return "";
        }
        Isa first = having.getFirst();
        Isa last = having.getLast();
        if (having.size() == 1) {
            return "in " + first + " alone";
        }
        if (having.size() == last.architecture() - first.architecture() + 1) {
            if (last.architecture() == Isa.LAST) {
                return "from " + first + " on";
            }
            if (first.architecture() == Isa.FIRST) {
                return "up to " + last;
            }
        }
        return "in " + String.join(", ", having.stream().map(Isa::toString).toList());
    }
}
