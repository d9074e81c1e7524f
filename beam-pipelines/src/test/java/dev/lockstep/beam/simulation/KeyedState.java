package dev.lockstep.beam.simulation;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.beam.runners.core.StateInternals;
import org.apache.beam.runners.core.StateNamespace;
import org.apache.beam.runners.core.StateTag;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.state.BagState;
import org.apache.beam.sdk.state.CombiningState;
import org.apache.beam.sdk.state.MapState;
import org.apache.beam.sdk.state.MultimapState;
import org.apache.beam.sdk.state.OrderedListState;
import org.apache.beam.sdk.state.ReadableState;
import org.apache.beam.sdk.state.ReadableStates;
import org.apache.beam.sdk.state.SetState;
import org.apache.beam.sdk.state.State;
import org.apache.beam.sdk.state.StateContext;
import org.apache.beam.sdk.state.ValueState;
import org.apache.beam.sdk.state.WatermarkHoldState;
import org.apache.beam.sdk.transforms.Combine.CombineFn;
import org.apache.beam.sdk.transforms.CombineWithContext.CombineFnWithContext;
import org.apache.beam.sdk.transforms.windowing.TimestampCombiner;
import org.apache.beam.sdk.util.CoderUtils;
import org.jspecify.annotations.Nullable;

/**
 * The state of one subtask, by key: all cells hold what their coders write, so that nothing is
 * there which was changed after it was written.
 */
final class KeyedState implements StateInternals {
  /** The cells of a key by name: bytes, a map of bytes, or a list of bytes. */
  private final Map<ByteBuffer, Map<String, Object>> keys = new HashMap<>();

  private ByteBuffer current = ByteBuffer.allocate(0);

  void setKey(ByteBuffer key) {
    current = key;
  }

  ByteBuffer key() {
    return current;
  }

  /** A copy of all, by key; a key without cells is absent. */
  Map<ByteBuffer, Map<String, Object>> copy() {
    Map<ByteBuffer, Map<String, Object>> copy = new HashMap<>();
    keys.forEach(
        (key, cells) -> {
          if (!cells.isEmpty()) {
            copy.put(key, copyOf(cells));
          }
        });
    return copy;
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> copyOf(Map<String, Object> cells) {
    Map<String, Object> copy = new HashMap<>();
    cells.forEach(
        (name, cell) ->
            copy.put(
                name,
                cell instanceof Map<?, ?>
                    ? new TreeMap<>((Map<ByteBuffer, byte[]>) cell)
                    : cell instanceof List<?> list ? new ArrayList<>(list) : cell));
    return copy;
  }

  void restore(ByteBuffer key, Map<String, Object> cells) {
    keys.put(key, copyOf(cells));
  }

  @Override
  public Object getKey() {
    return current;
  }

  @Override
  public <T extends State> T state(
      StateNamespace namespace, StateTag<T> address, StateContext<?> context) {
    return address.bind(new Binder(keys.computeIfAbsent(current, key -> new HashMap<>())));
  }

  private static <T> byte[] bytes(Coder<T> coder, T value) {
    try {
      return CoderUtils.encodeToByteArray(coder, value);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static <T> @Nullable T value(Coder<T> coder, byte @Nullable [] bytes) {
    try {
      return bytes == null ? null : CoderUtils.decodeFromByteArray(coder, bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private record Binder(Map<String, Object> cells) implements StateTag.StateBinder {
    @Override
    public <T> ValueState<T> bindValue(StateTag<ValueState<T>> tag, Coder<T> coder) {
      return new Value<>(cells, tag.getId(), coder);
    }

    @Override
    public <T> BagState<T> bindBag(StateTag<BagState<T>> tag, Coder<T> coder) {
      return new Bag<>(cells, tag.getId(), coder);
    }

    @Override
    public <K, V> MapState<K, V> bindMap(
        StateTag<MapState<K, V>> tag, Coder<K> key, Coder<V> value) {
      return new Entries<>(cells, tag.getId(), key, value);
    }

    @Override
    public <T> SetState<T> bindSet(StateTag<SetState<T>> tag, Coder<T> coder) {
      throw none(tag);
    }

    @Override
    public <K, V> MultimapState<K, V> bindMultimap(
        StateTag<MultimapState<K, V>> tag, Coder<K> key, Coder<V> value) {
      throw none(tag);
    }

    @Override
    public <T> OrderedListState<T> bindOrderedList(
        StateTag<OrderedListState<T>> tag, Coder<T> coder) {
      throw none(tag);
    }

    @Override
    public <I, A, O> CombiningState<I, A, O> bindCombiningValue(
        StateTag<CombiningState<I, A, O>> tag, Coder<A> coder, CombineFn<I, A, O> combine) {
      throw none(tag);
    }

    @Override
    public <I, A, O> CombiningState<I, A, O> bindCombiningValueWithContext(
        StateTag<CombiningState<I, A, O>> tag,
        Coder<A> coder,
        CombineFnWithContext<I, A, O> combine) {
      throw none(tag);
    }

    @Override
    public WatermarkHoldState bindWatermark(
        StateTag<WatermarkHoldState> tag, TimestampCombiner combiner) {
      throw none(tag);
    }

    private static UnsupportedOperationException none(StateTag<?> tag) {
      return new UnsupportedOperationException("no model of the state " + tag.getId());
    }
  }

  private record Value<T>(Map<String, Object> cells, String name, Coder<T> coder)
      implements ValueState<T> {
    @Override
    public void write(T input) {
      cells.put(name, bytes(coder, input));
    }

    @Override
    public @Nullable T read() {
      return value(coder, (byte[]) cells.get(name));
    }

    @Override
    public ValueState<T> readLater() {
      return this;
    }

    @Override
    public void clear() {
      cells.remove(name);
    }
  }

  private record Bag<T>(Map<String, Object> cells, String name, Coder<T> coder)
      implements BagState<T> {
    @SuppressWarnings("unchecked")
    private List<byte[]> list() {
      return (List<byte[]>) cells.getOrDefault(name, List.of());
    }

    @Override
    public void add(T input) {
      List<byte[]> more = new ArrayList<>(list());
      more.add(bytes(coder, input));
      cells.put(name, more);
    }

    @Override
    public Iterable<T> read() {
      List<T> all = new ArrayList<>();
      list().forEach(bytes -> all.add(value(coder, bytes)));
      return all;
    }

    @Override
    public ReadableState<Boolean> isEmpty() {
      return ReadableStates.immediate(list().isEmpty());
    }

    @Override
    public BagState<T> readLater() {
      return this;
    }

    @Override
    public void clear() {
      cells.remove(name);
    }
  }

  private record Entries<K, V>(
      Map<String, Object> cells, String name, Coder<K> keyCoder, Coder<V> valueCoder)
      implements MapState<K, V> {
    @SuppressWarnings("unchecked")
    private Map<ByteBuffer, byte[]> map() {
      return (Map<ByteBuffer, byte[]>) cells.getOrDefault(name, Map.of());
    }

    @Override
    @SuppressWarnings("unchecked")
    public void put(K key, V value) {
      ((Map<ByteBuffer, byte[]>) cells.computeIfAbsent(name, n -> new TreeMap<>()))
          .put(ByteBuffer.wrap(bytes(keyCoder, key)), bytes(valueCoder, value));
    }

    @Override
    public ReadableState<V> computeIfAbsent(
        K key, java.util.function.Function<? super K, ? extends V> mapping) {
      throw new UnsupportedOperationException("no model of computeIfAbsent");
    }

    @Override
    public void remove(K key) {
      Map<ByteBuffer, byte[]> map = map();
      if (!map.isEmpty()) {
        map.remove(ByteBuffer.wrap(bytes(keyCoder, key)));
        if (map.isEmpty()) {
          cells.remove(name);
        }
      }
    }

    @Override
    public ReadableState<V> get(K key) {
      return ReadableStates.immediate(
          value(valueCoder, map().get(ByteBuffer.wrap(bytes(keyCoder, key)))));
    }

    @Override
    public ReadableState<V> getOrDefault(K key, V otherwise) {
      V value = get(key).read();
      return ReadableStates.immediate(value == null ? otherwise : value);
    }

    @Override
    public ReadableState<Iterable<K>> keys() {
      List<K> all = new ArrayList<>();
      entries().read().forEach(entry -> all.add(entry.getKey()));
      return ReadableStates.immediate(all);
    }

    @Override
    public ReadableState<Iterable<V>> values() {
      List<V> all = new ArrayList<>();
      entries().read().forEach(entry -> all.add(entry.getValue()));
      return ReadableStates.immediate(all);
    }

    @Override
    public ReadableState<Iterable<Map.Entry<K, V>>> entries() {
      List<Map.Entry<K, V>> all = new ArrayList<>();
      map()
          .forEach(
              (key, bytes) ->
                  all.add(Map.entry(value(keyCoder, key.array()), value(valueCoder, bytes))));
      return ReadableStates.immediate(all);
    }

    @Override
    public ReadableState<Boolean> isEmpty() {
      return ReadableStates.immediate(map().isEmpty());
    }

    @Override
    public void clear() {
      cells.remove(name);
    }
  }
}
