package org.panscope.core.scenario;

import java.util.List;

/// Code of a step as a scenario has it: lines of assembly in which every name is replaced by its
/// address, but for the late ones that only the running kernel decides, as where it puts a tiler
/// heap. [Program] has the words: which they are depends on the GPU, and so on settings that come
/// after the scenario was read.
///
/// @param index number among the codes of its scenario, from 0
/// @param wordCount words, one for each line and NOPs behind them
/// @param lines the lines
record Code(int index, int wordCount, List<Line> lines) {

    Code {
        lines = List.copyOf(lines);
    }

    /// A line.
    ///
    /// @param place where it stands
    /// @param written as it stands there
    /// @param text with only late names left
    /// @param trial with some address for those
    record Line(Place place, String written, String text, String trial) {
        boolean isLate() {
            return !text.equals(trial);
        }
    }

    long sizeBytes() {
        return (long) wordCount * Long.BYTES;
    }
}
