package org.panscope.core.state;

import org.jspecify.annotations.Nullable;

import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.Iterator;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.SortedMap;

/// A sorted map that never changes. [#with] and [#without] give a new map that shares all but one
/// path of nodes with the old one, so that every state of a trace can be kept: a step costs the
/// logarithm of the number of objects. An AVL tree.
@SuppressWarnings("JdkObsolete") // a SortedMap is what states promise and all that is needed
final class PersistentMap<K extends Comparable<K>, V> extends AbstractMap<K, V>
        implements SortedMap<K, V> {
    private final @Nullable Node<K, V> root;
    private final @Nullable K from;
    private final @Nullable K to;

    private PersistentMap(@Nullable Node<K, V> root, @Nullable K from, @Nullable K to) {
        this.root = root;
        this.from = from;
        this.to = to;
    }

    static <K extends Comparable<K>, V> PersistentMap<K, V> empty() {
        return new PersistentMap<>(null, null, null);
    }

    /// This map with one value set; only for a map that is no view of a range.
    PersistentMap<K, V> with(K key, V value) {
        return new PersistentMap<>(insert(root, key, value), null, null);
    }

    /// This map without a key; this map itself when the key is not in it.
    PersistentMap<K, V> without(K key) {
        return find(key) == null ? this : new PersistentMap<>(delete(root, key), null, null);
    }

    /// The value of a key, or null.
    @Nullable V find(K key) {
        Node<K, V> node = root;
        while (node != null) {
            int order = key.compareTo(node.key);
            if (order == 0) {
                return inRange(key) ? node.value : null;
            }
            node = order < 0 ? node.left : node.right;
        }
        return null;
    }

    /// The entry with the greatest key that is not above `key`, or null.
    Map.@Nullable Entry<K, V> floor(K key) {
        Node<K, V> best = null;
        Node<K, V> node = root;
        while (node != null) {
            if (node.key.compareTo(key) <= 0) {
                best = node;
                node = node.right;
            } else {
                node = node.left;
            }
        }
        return best == null ? null : Map.entry(best.key, best.value);
    }

    // ---- Map ----------------------------------------------------------------------------------

    @Override
    public int size() {
        return (to == null ? size(root) : rank(to)) - (from == null ? 0 : rank(from));
    }

    @Override
    @SuppressWarnings("unchecked") // as TreeMap: a key of a foreign type is the caller's mistake
    public @Nullable V get(@Nullable Object key) {
        return key == null ? null : find((K) key);
    }

    @Override
    public boolean containsKey(@Nullable Object key) {
        return get(key) != null;
    }

    @Override
    public Set<Map.Entry<K, V>> entrySet() {
        return new Entries();
    }

    @Override
    public @Nullable Comparator<? super K> comparator() {
        return null;
    }

    @Override
    public SortedMap<K, V> subMap(K fromKey, K toKey) {
        return headMap(toKey).tailMap(fromKey);
    }

    @Override
    public SortedMap<K, V> headMap(K toKey) {
        K bound = to == null || toKey.compareTo(to) < 0 ? toKey : to;
        return new PersistentMap<>(root, from, atLeastFrom(bound));
    }

    @Override
    public SortedMap<K, V> tailMap(K fromKey) {
        K bound = from == null || fromKey.compareTo(from) > 0 ? fromKey : from;
        return new PersistentMap<>(root, to != null && bound.compareTo(to) > 0 ? to : bound, to);
    }

    @Override
    public K firstKey() {
        return new Walk().next().getKey();
    }

    @Override
    public K lastKey() {
        Node<K, V> best = null;
        Node<K, V> node = root;
        while (node != null) {
            if (to == null || node.key.compareTo(to) < 0) {
                best = node;
                node = node.right;
            } else {
                node = node.left;
            }
        }
        if (best == null || !inRange(best.key)) {
            throw new NoSuchElementException("the map is empty");
        }
        return best.key;
    }

    private K atLeastFrom(K bound) {
        return from != null && bound.compareTo(from) < 0 ? from : bound;
    }

    private boolean inRange(K key) {
        return (from == null || key.compareTo(from) >= 0) && (to == null || key.compareTo(to) < 0);
    }

    /// Number of keys below `key`.
    private int rank(K key) {
        int below = 0;
        Node<K, V> node = root;
        while (node != null) {
            if (node.key.compareTo(key) < 0) {
                below += 1 + size(node.left);
                node = node.right;
            } else {
                node = node.left;
            }
        }
        return below;
    }

    // ---- the tree -----------------------------------------------------------------------------

    private static int size(@Nullable Node<?, ?> node) {
        return node == null ? 0 : node.size;
    }

    private static int height(@Nullable Node<?, ?> node) {
        return node == null ? 0 : node.height;
    }

    private static <K extends Comparable<K>, V> Node<K, V> insert(
            @Nullable Node<K, V> node, K key, V value) {
        if (node == null) {
            return new Node<>(key, value, null, null);
        }
        int order = key.compareTo(node.key);
        if (order == 0) {
            return new Node<>(key, value, node.left, node.right);
        }
        return order < 0
                ? balance(node.key, node.value, insert(node.left, key, value), node.right)
                : balance(node.key, node.value, node.left, insert(node.right, key, value));
    }

    private static <K extends Comparable<K>, V> @Nullable Node<K, V> delete(
            @Nullable Node<K, V> node, K key) {
        if (node == null) {
            return null;
        }
        int order = key.compareTo(node.key);
        if (order < 0) {
            return balance(node.key, node.value, delete(node.left, key), node.right);
        } else if (order > 0) {
            return balance(node.key, node.value, node.left, delete(node.right, key));
        } else if (node.right == null) {
            return node.left;
        }
        Node<K, V> next = node.right;
        while (next.left != null) {
            next = next.left;
        }
        return balance(next.key, next.value, node.left, delete(node.right, next.key));
    }

    private static <K extends Comparable<K>, V> Node<K, V> balance(
            K key, V value, @Nullable Node<K, V> left, @Nullable Node<K, V> right) {
        if (left != null && left.height > height(right) + 1) {
            Node<K, V> inner = left.right;
            if (inner != null && inner.height > height(left.left)) {
                return new Node<>(
                        inner.key,
                        inner.value,
                        new Node<>(left.key, left.value, left.left, inner.left),
                        new Node<>(key, value, inner.right, right));
            }
            return new Node<>(
                    left.key, left.value, left.left, new Node<>(key, value, inner, right));
        } else if (right != null && right.height > height(left) + 1) {
            Node<K, V> inner = right.left;
            if (inner != null && inner.height > height(right.right)) {
                return new Node<>(
                        inner.key,
                        inner.value,
                        new Node<>(key, value, left, inner.left),
                        new Node<>(right.key, right.value, inner.right, right.right));
            }
            return new Node<>(
                    right.key, right.value, new Node<>(key, value, left, inner), right.right);
        }
        return new Node<>(key, value, left, right);
    }

    private static final class Node<K extends Comparable<K>, V> {
        private final K key;
        private final V value;
        private final @Nullable Node<K, V> left;
        private final @Nullable Node<K, V> right;
        private final int height;
        private final int size;

        Node(K key, V value, @Nullable Node<K, V> left, @Nullable Node<K, V> right) {
            this.key = key;
            this.value = value;
            this.left = left;
            this.right = right;
            height = 1 + Math.max(PersistentMap.height(left), PersistentMap.height(right));
            size = 1 + PersistentMap.size(left) + PersistentMap.size(right);
        }
    }

    private final class Entries extends AbstractSet<Map.Entry<K, V>> {
        @Override
        public Iterator<Map.Entry<K, V>> iterator() {
            return new Walk();
        }

        @Override
        public int size() {
            return PersistentMap.this.size();
        }
    }

    /// In-order walk over the range.
    private final class Walk implements Iterator<Map.Entry<K, V>> {
        private final Deque<Node<K, V>> path = new ArrayDeque<>();

        Walk() {
            Node<K, V> node = root;
            while (node != null) {
                if (from == null || node.key.compareTo(from) >= 0) {
                    path.push(node);
                    node = node.left;
                } else {
                    node = node.right;
                }
            }
        }

        @Override
        public boolean hasNext() {
            Node<K, V> node = path.peek();
            return node != null && (to == null || node.key.compareTo(to) < 0);
        }

        @Override
        public Map.Entry<K, V> next() {
            if (!hasNext()) {
                throw new NoSuchElementException("no more entries");
            }
            Node<K, V> node = path.pop();
            for (Node<K, V> below = node.right; below != null; below = below.left) {
                path.push(below);
            }
            return Map.entry(node.key, node.value);
        }
    }
}
