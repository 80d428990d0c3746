package org.panscope.app.shell;

import javafx.scene.Node;
import javafx.scene.control.Tab;
import javafx.scene.control.TabPane;

import org.panscope.app.findings.FindingsModel;

/// Below the timeline: the event list, the query and the findings.
final class LowerTabs {
    private final TabPane pane = new TabPane();
    private final Tab events;
    private final Tab query;
    private final Tab findings;

    /// @param findingsModel is told whether somebody looks
    LowerTabs(Node eventList, Node queryPanel, Node findingsPanel, FindingsModel findingsModel) {
        events = tab("tabEvents", "Events", eventList);
        query = tab("tabQuery", "Query", queryPanel);
        findings = tab("tabFindings", "Findings", findingsPanel);
        findings.selectedProperty().subscribe(findingsModel::setLookedAt);
        pane.setId("lowerTabs");
        pane.setTabClosingPolicy(TabPane.TabClosingPolicy.UNAVAILABLE);
        pane.getTabs().addAll(events, findings, query);
    }

    private static Tab tab(String id, String title, Node content) {
        Tab tab = new Tab(title, content);
        tab.setId(id);
        return tab;
    }

    Node root() {
        return pane;
    }

    void showEvents() {
        pane.getSelectionModel().select(events);
    }

    void showFindings() {
        pane.getSelectionModel().select(findings);
    }

    void showQuery() {
        pane.getSelectionModel().select(query);
    }
}
