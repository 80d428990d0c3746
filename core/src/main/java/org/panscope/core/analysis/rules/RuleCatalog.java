package org.panscope.core.analysis.rules;

import java.util.List;

/// Every rule there is.
public final class RuleCatalog {
    private RuleCatalog() {}

    /// One of each, fresh, for one trace.
    public static List<Rule> rules() {
        return List.of(
                new OneListRule(),
                new PickedOnceRule(),
                new SlotOwnerRule(),
                new LinkedFirstRule(),
                new ListLockRule(),
                new ResetWorkRule(),
                new RealPageRule(),
                new DummyPageRule(),
                new RightTargetRule(),
                new WriteOrderRule(),
                new InsertBoundsRule(),
                new LostWakeRule(),
                new RunnableListRule(),
                new PowerHeldRule(),
                new SyncWakeRule(),
                new XgsOrderRule(),
                new XgsReferenceRule(),
                new FenceSignaledRule(),
                new SignalOnceRule(),
                new XgsErrorRule(),
                new SyncErrorOrderRule(),
                new AtomicAddRule(),
                new ProducerQueuedRule(),
                new SignalPathAllocationRule(),
                new WaitCycleRule(),
                new FencedExecutionRule(),
                new EvictionOrderRule(),
                new KickArgumentsRule(),
                new SubmitCreatesJobRule(),
                new OpenFileRule(),
                new DebtsSettledRule(),
                new EventfdCountRule(),
                new OverZapRule(),
                new NoWarnRule(),
                new BlockedForeverRule(),
                new UnexecutedSignalRule(),
                new StarvedGroupRule());
    }
}
