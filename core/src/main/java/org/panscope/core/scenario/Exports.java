package org.panscope.core.scenario;

import org.panscope.core.scenario.Scenario.ProcessPlan;
import org.panscope.core.scenario.Scenario.ThreadPlan;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/// Names that processes export under: whoever imports by a name nobody exports would wait for ever.
final class Exports {
    private static final String EXPORT = "as";
    private static final String IMPORT = "from";

    private Exports() {}

    static void check(String file, List<ProcessPlan> processes) throws ScenarioException {
        Set<String> exported = new TreeSet<>();
        for (ProcessPlan process : processes) {
            for (ThreadPlan thread : process.threads()) {
                collect(thread.steps(), exported);
            }
        }
        for (ProcessPlan process : processes) {
            for (ThreadPlan thread : process.threads()) {
                check(file, thread.steps(), exported);
            }
        }
    }

    private static void collect(List<Step> steps, Set<String> exported) {
        for (Step step : steps) {
            if (isText(step, EXPORT)) {
                exported.add(step.args().text(EXPORT));
            }
            if (step.kind() == StepKind.REPEAT) {
                collect(step.args().steps("steps"), exported);
            }
        }
    }

    private static void check(String file, List<Step> steps, Set<String> exported)
            throws ScenarioException {
        for (Step step : steps) {
            if (isText(step, IMPORT) && !exported.contains(step.args().text(IMPORT))) {
                throw new ScenarioException(
                        file,
                        step.args().place(IMPORT),
                        "no step exports anything as \"" + step.args().text(IMPORT) + "\"");
            }
            if (step.kind() == StepKind.REPEAT) {
                check(file, step.args().steps("steps"), exported);
            }
        }
    }

    private static boolean isText(Step step, String name) {
        Shape.Key key = step.kind().shape().key(name);
        return key != null && key.type() instanceof ValueType.Text;
    }
}
