package org.panscope.app.shell;

import javafx.scene.Node;
import javafx.scene.control.Tab;
import javafx.scene.control.TabPane;

import org.jspecify.annotations.Nullable;
import org.panscope.app.beliefs.BeliefsModel;
import org.panscope.app.beliefs.BeliefsView;
import org.panscope.app.explain.ExplainModel;
import org.panscope.app.explain.ExplainView;
import org.panscope.app.quality.QualityModel;
import org.panscope.app.quality.QualityView;
import org.panscope.app.registers.RegistersModel;
import org.panscope.app.registers.RegistersView;
import org.panscope.app.session.SessionModel;
import org.panscope.core.state.view.RegisterBlock;

/// The state at the cursor, seen as beliefs or as registers, and how far the trace can be trusted.
/// Which of them is shown, and the register block, are remembered.
final class StateTabs {
    private static final String SHOWN = "stateTab";
    private static final String BLOCK = "registerBlock";

    private final TabPane pane = new TabPane();
    private final Tab beliefs;
    private final Tab registers;
    private final Tab quality;
    private final QualityView qualityView;
    private final Tab explain;
    private final ExplainView explainView;

    StateTabs(
            SessionModel session,
            BeliefsModel beliefsModel,
            RegistersModel registersModel,
            QualityModel qualityModel,
            ExplainModel explainModel,
            WindowMemory memory) {
        beliefs = tab("tabBeliefs", "Four beliefs", new BeliefsView(session, beliefsModel).root());
        registers = tab("tabRegisters", "Registers", new RegistersView(registersModel).root());
        qualityView = new QualityView(qualityModel);
        quality = tab("tabQuality", "Capture quality", qualityView.root());
        explainView = new ExplainView(explainModel);
        explain = tab("tabExplain", "Explain", explainView.root());
        pane.setId("stateTabs");
        pane.setTabClosingPolicy(TabPane.TabClosingPolicy.UNAVAILABLE);
        pane.getTabs().addAll(beliefs, registers, explain, quality);
        if (registers.getId().equals(memory.get(SHOWN))) {
            showRegisters();
        } else if (quality.getId().equals(memory.get(SHOWN))) {
            pane.getSelectionModel().select(quality);
        }
        String block = memory.get(BLOCK);
        if (block != null) {
            registersModel.choose(block);
        }
        pane.getSelectionModel()
                .selectedItemProperty()
                .subscribe((_, now) -> memory.put(SHOWN, now.getId()));
        quality.selectedProperty().subscribe(qualityModel::setLookedAt);
        registersModel.blockProperty().subscribe((_, now) -> remember(memory, now));
    }

    private static void remember(WindowMemory memory, @Nullable RegisterBlock block) {
        if (block != null) {
            memory.put(BLOCK, block.id().toString());
        }
    }

    private static Tab tab(String id, String title, Node content) {
        Tab tab = new Tab(title, content);
        tab.setId(id);
        return tab;
    }

    Node root() {
        return pane;
    }

    void showBeliefs() {
        pane.getSelectionModel().select(beliefs);
    }

    void showQuality() {
        pane.getSelectionModel().select(quality);
        qualityView.focus();
    }

    void showExplain() {
        pane.getSelectionModel().select(explain);
        explainView.focus();
    }

    void showRegisters() {
        pane.getSelectionModel().select(registers);
    }
}
