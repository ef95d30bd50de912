// The live connection. A tablet that walks out of the network hears nothing: after twelve silent seconds the line counts as lost, and it is tried again every few seconds for ten minutes.
Blazor.start({
  circuit: {
    configureSignalR: builder => builder.withServerTimeout(12000).withKeepAliveInterval(4000),
    reconnectionOptions: { maxRetries: 200, retryIntervalMilliseconds: (retries, most) => retries >= most ? null : retries < 5 ? 500 : 3000 }
  }
});
