package org.panscope.core.sim;

import org.jspecify.annotations.Nullable;

import java.util.List;

/// Decisions taken from a recorded run or written by hand, verified one by one.
///
/// A replay insists that the run asks the same questions in the same order; the first difference
/// ends the run and is named. A script only answers the questions it names, in order for each name,
/// and leaves the others to a fallback.
public final class ReplayedChoices implements ChoiceSource {

    /// One recorded decision.
    ///
    /// @param name of the decision
    /// @param options how many there were; 0 in a script means "whatever is asked"
    /// @param taken the option to take
    public record Decision(String name, long options, long taken) {}

    private final List<Decision> decisions;
    private final @Nullable ChoiceSource fallback;
    private int position;
    private long drawn;

    private ReplayedChoices(List<Decision> decisions, @Nullable ChoiceSource fallback) {
        this.decisions = List.copyOf(decisions);
        this.fallback = fallback;
    }

    /// Every decision of a run, in order.
    public static ReplayedChoices replay(List<Decision> decisions) {
        return new ReplayedChoices(decisions, null);
    }

    /// Some decisions by name, the rest from `fallback`.
    public static ReplayedChoices script(List<Decision> decisions, ChoiceSource fallback) {
        return new ReplayedChoices(decisions, fallback);
    }

    @Override
    public long choose(String name, long options) {
        if (options == 1) {
            return 0;
        }
        drawn++;
        Decision decision = position < decisions.size() ? decisions.get(position) : null;
        boolean matches =
                decision != null
                        && decision.name().equals(name)
                        && (decision.options() == options
                                || (decision.options() == 0 && fallback != null));
        if (decision == null || !matches) {
            if (fallback != null) {
                return fallback.choose(name, options);
            }
            throw new IllegalStateException(
                    "replay diverged at decision="
                            + position
                            + ": recorded="
                            + decision
                            + " asked="
                            + name
                            + " options="
                            + options);
        }
        if (decision.taken() < 0 || decision.taken() >= options) {
            throw new IllegalStateException(
                    "decision=" + decision + " is not one of options=" + options);
        }
        position++;
        return decision.taken();
    }

    @Override
    public long drawn() {
        return drawn;
    }

    @Override
    public long unseed() {
        return fallback == null ? 0 : fallback.unseed();
    }
}
