package dev.lockstep.beam.testing;

import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.runtime.rpc.AddressResolution;
import org.apache.flink.runtime.rpc.RpcSystem;
import org.apache.flink.runtime.rpc.RpcSystemLoader;
import org.apache.flink.runtime.rpc.pekko.PekkoRpcSystemLoader;

/**
 * Flink's own system of remote calls, loaded once for all embedded clusters of a process. Flink
 * unpacks a jar of 22 MB for each cluster and loads its classes anew, which costs a test that
 * starts ten clusters most of its time; the system itself keeps nothing between clusters.
 */
public final class SharedRpcSystem implements RpcSystemLoader {

  private static final class Held {
    private static final RpcSystem SYSTEM = loaded();

    private static RpcSystem loaded() {
      RpcSystem system = new PekkoRpcSystemLoader().loadRpcSystem(new Configuration());
      Runtime.getRuntime().addShutdownHook(new Thread(system::close, "close Flink's calls"));
      return new Kept(system);
    }
  }

  /** Before Flink's own, whose priority is 0. */
  @Override
  public int getLoadPriority() {
    return -1;
  }

  @Override
  public RpcSystem loadRpcSystem(Configuration configuration) {
    return Held.SYSTEM;
  }

  /** A system that a cluster's end doesn't close, and so keeps its jar. */
  private record Kept(RpcSystem system) implements RpcSystem {
    @Override
    public RpcServiceBuilder localServiceBuilder(Configuration configuration) {
      return system.localServiceBuilder(configuration);
    }

    @Override
    public RpcServiceBuilder remoteServiceBuilder(
        Configuration configuration, String externalAddress, String externalPortRange) {
      return system.remoteServiceBuilder(configuration, externalAddress, externalPortRange);
    }

    @Override
    public String getRpcUrl(
        String host,
        int port,
        String endpoint,
        AddressResolution resolution,
        Configuration configuration)
        throws UnknownHostException {
      return system.getRpcUrl(host, port, endpoint, resolution, configuration);
    }

    @Override
    public InetSocketAddress getInetSocketAddressFromRpcUrl(String url) throws Exception {
      return system.getInetSocketAddressFromRpcUrl(url);
    }

    @Override
    public long getMaximumMessageSizeInBytes(Configuration configuration) {
      return system.getMaximumMessageSizeInBytes(configuration);
    }
  }
}
