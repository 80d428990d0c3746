package org.panscope.core.sim;

/// Decisions from a seed: SplitMix64, so that a seed means the same on every machine and JDK.
public final class SeededChoices implements ChoiceSource {
    private long state;
    private long drawn;

    public SeededChoices(long seed) {
        state = seed;
    }

    @Override
    public long choose(String name, long options) {
        if (options < 1) {
            throw new IllegalArgumentException("choice=" + name + " options=" + options);
        }
        if (options == 1) {
            return 0;
        }
        drawn++;
        return Long.remainderUnsigned(next(), options);
    }

    @Override
    public long drawn() {
        return drawn;
    }

    private long next() {
        state += 0x9e3779b97f4a7c15L;
        long z = state;
        z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
        z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
        return z ^ (z >>> 31);
    }
}
