package org.panscope.app.events;

import javafx.scene.control.ContextMenu;
import javafx.scene.control.MenuItem;
import javafx.scene.control.SeparatorMenuItem;
import javafx.scene.control.TableRow;
import javafx.scene.input.Clipboard;
import javafx.scene.input.ClipboardContent;

import org.panscope.app.session.SessionModel;

import java.util.function.Consumer;
import java.util.function.Function;

/// What can be done with one event of the list: filter by what it is, or copy it.
final class EventMenu {
    private final EventListModel model;
    private final SessionModel session;
    private final TableRow<EventRow> row;
    private final ContextMenu menu = new ContextMenu();

    private EventMenu(EventListModel model, SessionModel session, TableRow<EventRow> row) {
        this.model = model;
        this.session = session;
        this.row = row;
    }

    /// A row with this menu.
    static TableRow<EventRow> row(EventListModel model, SessionModel session) {
        TableRow<EventRow> row = new TableRow<>();
        EventMenu made = new EventMenu(model, session, row);
        made.fill();
        row.emptyProperty().subscribe(isEmpty -> row.setContextMenu(isEmpty ? null : made.menu));
        return row;
    }

    private void fill() {
        filterItem("Only Events of This Type", event -> "type == " + type(event));
        filterItem("Hide Events of This Type", event -> "type != " + type(event));
        filterItem("Only Events on This Track", event -> "track == " + quoted(event.path()));
        filterItem(
                "Only Events of This Layer",
                event -> "layer == " + event.event().type().layer().label());
        menu.getItems().add(new SeparatorMenuItem());
        copyItem("Copy Event", event -> event.event().toString());
        copyItem("Copy Cursor", event -> session.cursorText());
    }

    private void filterItem(String title, Function<EventRow, String> term) {
        item(title, event -> model.addToFilter(term.apply(event)));
    }

    private void copyItem(String title, Function<EventRow, String> text) {
        item(
                title,
                event -> {
                    ClipboardContent content = new ClipboardContent();
                    content.putString(text.apply(event));
                    Clipboard.getSystemClipboard().setContent(content);
                });
    }

    private void item(String title, Consumer<EventRow> action) {
        MenuItem item = new MenuItem(title);
        item.setOnAction(click -> {
            EventRow event = row.getItem();
            if (event != null) {
                action.accept(event);
            }
        });
        menu.getItems().add(item);
    }

    private static String type(EventRow event) {
        String name = event.event().type().name();
        return name.matches("[\\w:.-]+") ? name : quoted(name);
    }

    private static String quoted(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }
}
