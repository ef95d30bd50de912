using Xunit;

namespace MesoClinic.Web.Tests.Account;

/// <summary>One portal, set up with its manager, for the tests of a class that leave it as they found it.</summary>
public sealed class SetUpPortal : IAsyncLifetime
{
    public Portal Portal { get; } = new();

    public Task InitializeAsync() => Portal.SetUpAsync();

    public async Task DisposeAsync() => await Portal.DisposeAsync();
}
