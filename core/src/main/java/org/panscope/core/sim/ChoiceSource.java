package org.panscope.core.sim;

/// Where the free decisions of a run come from. A decision has a name and a number of options; what
/// is drawn is the only thing, beside the scenario, that a run depends on.
public interface ChoiceSource {
    /// Draws one of `options` possibilities, `0 <= result < options`.
    ///
    /// @param name dotted name of the decision, the same at every run
    /// @param options at least 1; with 1 nothing is drawn
    long choose(String name, long options);

    /// Number of decisions drawn so far (those with more than one option).
    long drawn();

    /// One more draw at the end of a run: two equal runs end with equal numbers. Absent for sources
    /// that cannot draw more than they hold.
    default long unseed() {
        return choose("run.unseed", Long.MAX_VALUE);
    }
}
