package org.panscope.app.shell;

import javafx.scene.Node;
import javafx.scene.control.Tab;
import javafx.scene.control.TabPane;

/// Below the timeline: the event list and the query.
final class LowerTabs {
    private final TabPane pane = new TabPane();
    private final Tab events;
    private final Tab query;

    LowerTabs(Node eventList, Node queryPanel) {
        events = tab("tabEvents", "Events", eventList);
        query = tab("tabQuery", "Query", queryPanel);
        pane.setId("lowerTabs");
        pane.setTabClosingPolicy(TabPane.TabClosingPolicy.UNAVAILABLE);
        pane.getTabs().addAll(events, query);
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

    void showQuery() {
        pane.getSelectionModel().select(query);
    }
}
