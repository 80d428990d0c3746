package org.panscope.core.state;

import java.util.ArrayList;
import java.util.List;

/// An ordered list of names in one text cell, separated by blanks: `group:1 group:3`.
final class TextList {
    /// Longest list kept; a trace that adds more has lost the events that remove.
    private static final int MAX_ITEMS = 256;

    private TextList() {}

    static String addLast(String list, String item) {
        List<String> items = items(list);
        items.remove(item);
        items.add(item);
        return join(items.size() > MAX_ITEMS ? items.subList(1, items.size()) : items);
    }

    /// As [#addLast], at a place; an item that is on the list already is then on it twice.
    static String insert(String list, int position, String item) {
        List<String> items = items(list);
        items.add(Math.max(0, Math.min(position, items.size())), item);
        return join(items.size() > MAX_ITEMS ? items.subList(0, MAX_ITEMS) : items);
    }

    static String without(String list, String item) {
        List<String> items = items(list);
        items.remove(item);
        return join(items);
    }

    static List<String> items(String list) {
        List<String> items = new ArrayList<>();
        for (int from = 0; from < list.length(); ) {
            int blank = list.indexOf(' ', from);
            int end = blank < 0 ? list.length() : blank;
            if (end > from) {
                items.add(list.substring(from, end));
            }
            from = end + 1;
        }
        return items;
    }

    private static String join(List<String> items) {
        return String.join(" ", items);
    }
}
