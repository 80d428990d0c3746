package org.panscope.core.scenario;

import org.jspecify.annotations.Nullable;
import org.panscope.core.kernel.sched.Group;
import org.panscope.core.record.TraceRecorder;
import org.panscope.core.scenario.Scenario.ProcessPlan;
import org.panscope.core.scenario.Scenario.ThreadPlan;
import org.panscope.core.sim.Actor;
import org.panscope.core.sim.ChoiceSource;
import org.panscope.core.sim.SimThread;
import org.panscope.core.sim.Simulation;
import org.panscope.core.uapi.Credentials;
import org.panscope.core.user.UserProcess;
import org.panscope.trace.event.MarkEvent;
import org.panscope.trace.io.EventHeader;
import org.panscope.trace.io.TraceWriter;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// A machine in the middle of a scenario. Call [#advance] until it answers true, then [#finish]
/// once.
public final class RunningScenario {
    private final Scenario scenario;
    private final Program program;
    private final ChoiceSource choices;
    private final TraceRecorder recorder;
    private final Machine machine;
    private final List<SimThread> threads = new ArrayList<>();
    private final List<String> failures = new ArrayList<>();
    private final FaultWatch faults = new FaultWatch();
    private final @Nullable EventExpectation events;
    private final Map<String, NameTable> names = new TreeMap<>();
    private final NameTable exports;
    private @Nullable String reason;

    RunningScenario(
            Scenario scenario,
            Program program,
            MachineConfig config,
            ChoiceSource choices,
            @Nullable EventExpectation events,
            TraceWriter writer) {
        this.scenario = scenario;
        this.program = program;
        this.choices = choices;
        this.recorder = new TraceRecorder(writer);
        recorder.addListener(faults);
        this.events = events;
        if (events != null) {
            recorder.addListener(events);
        }
        this.machine = new Machine(config, choices, recorder);
        this.exports = new NameTable(machine.simulation());
        Rendezvous rendezvous = new Rendezvous(machine.simulation());
        for (ProcessPlan plan : scenario.processes()) {
            start(plan, rendezvous);
        }
    }

    private void start(ProcessPlan plan, Rendezvous rendezvous) {
        UserProcess process = machine.process(plan.name());
        process.setCredentials(new Credentials(plan.capSysNice()));
        NameTable table = new NameTable(machine.simulation());
        names.put(plan.name(), table);
        for (ThreadPlan thread : plan.threads()) {
            StepRunner runner =
                    new StepRunner(
                            machine,
                            program,
                            process,
                            thread,
                            scenario.variant(),
                            table,
                            exports,
                            rendezvous,
                            failures::add);
            threads.add(process.start(thread.startNs(), runner::run));
        }
    }

    public Machine machine() {
        return machine;
    }

    /// Where listeners hook in.
    public TraceRecorder recorder() {
        return recorder;
    }

    public long nowNs() {
        return machine.simulation().nowNs();
    }

    /// Runs until `limitNs`, or to the end when that comes first.
    ///
    /// @return whether the end was reached: nothing is left to do, or the scenario's time is over
    /// @throws IllegalStateException if the machine failed, which is a bug
    public boolean advance(long limitNs) throws IOException {
        if (reason != null) {
            return true;
        }
        long untilNs = Math.min(limitNs, scenario.timeLimitNs());
        Simulation.Outcome outcome;
        try {
            outcome = machine.simulation().run(untilNs);
        } catch (IllegalStateException e) {
            IOException io = TraceRecorder.ioFailure(e);
            if (io != null) {
                throw io;
            }
            throw e;
        }
        if (outcome == Simulation.Outcome.IDLE) {
            reason = threads.stream().allMatch(SimThread::isFinished) ? "idle" : "waiting";
        } else if (untilNs == scenario.timeLimitNs()) {
            reason = "time-limit";
        }
        return reason != null;
    }

    /// Ends the run, also one that was not advanced to its end, and records RUN_END.
    public ScenarioResult finish() {
        String ended = reason == null ? "stopped" : reason;
        String expected = scenario.expectedOutcome().replace('_', '-');
        if (reason != null && failures.isEmpty() && !ended.equals(expected)) {
            failures.add("the run ended with " + ended + ", expected " + expected);
        }
        if (reason != null && failures.isEmpty()) {
            checkExpectations();
        }
        String told = failures.isEmpty() ? ended : "failed";
        long drawn = choices.drawn();
        Long unseed = choices.unseed();
        Simulation simulation = machine.simulation();
        simulation.as(
                new Actor("emulator", EventHeader.UNKNOWN, "emulator"),
                () ->
                        simulation.emit(
                                simulation.track(-1, "emulator", "run"),
                                new MarkEvent.RunEnd(told, drawn, unseed)));
        machine.close();
        return new ScenarioResult(told, nowNs(), recorder.eventCount(), unseed, failures);
    }

    private void checkExpectations() {
        List<Values> expected = scenario.expectedFaults();
        String complaint = expected == null ? null : faults.complaint(expected);
        if (complaint != null) {
            failures.add(complaint);
        }
        if (events != null) {
            failures.addAll(events.complaints());
        }
        for (Values group : scenario.expectedGroups()) {
            String wrong = GroupExpectation.complaint(group, groupOf(group));
            if (wrong != null) {
                failures.add(wrong);
            }
        }
    }

    private @Nullable Group groupOf(Values expectation) {
        NameTable table = names.get(scenario.processOf(expectation));
        String name = expectation.text("group");
        if (table == null || !table.isDefined(name)) {
            return null;
        }
        return machine.group(table.await(name, QueueSteps.Group.class).group());
    }
}
