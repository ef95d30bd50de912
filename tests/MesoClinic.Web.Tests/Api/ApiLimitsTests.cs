using System.Net.Http.Headers;
using System.Text;

namespace MesoClinic.Web.Tests.Api;

/// <summary>Whoever spends the tries of a minute, or the key, does it in a clinic of its own.</summary>
[Collection(ApiProgramCollection.Name)]
public sealed class ApiLimitsTests(ApiProgram shared)
{
    private const int Largest = 256 * 1024;
    private const string Body = """{"symptom":"pus"}""";

    [Fact]
    public async Task Without_a_key_nobody_is_answered()
    {
        await using var clinic = new Clinic();
        var api = await clinic.StartAsync();
        Assert.True(await api.SendAsync(HttpMethod.Get, "knowledge", null) is { Status: 401, IsProblem: true });

        foreach (var endpoint in new[] { "assess", "aftercare", "triage" })
        {
            Assert.True(await api.PostAsync(endpoint, Body, null) is { Status: 401, IsProblem: true });
            Assert.True(await api.PostAsync(endpoint, Body, "not-a-key") is { Status: 401, IsProblem: true });
        }
    }

    [Fact]
    public async Task A_revoked_key_is_refused_at_once()
    {
        await using var clinic = new Clinic();
        var api = await clinic.StartAsync();
        Assert.Equal(200, (await api.PostAsync("triage", Body)).Status);

        await api.RevokeAsync();

        Assert.True(await api.PostAsync("triage", Body) is { Status: 401, IsProblem: true });
    }

    [Fact]
    public async Task After_ten_wrong_keys_an_address_waits_while_the_right_key_is_answered()
    {
        await using var clinic = new Clinic();
        var api = await clinic.StartAsync();
        for (var i = 0; i < 10; i++)
        {
            Assert.Equal(401, (await api.PostAsync("triage", Body, $"guess-{i}")).Status);
        }

        var answer = await api.PostAsync("triage", Body, "guess-10");

        Assert.True(answer is { Status: 429, IsProblem: true });
        Assert.InRange(answer.RetryAfter!.Value.TotalSeconds, 1, 60);
        Assert.Equal(200, (await api.PostAsync("triage", Body)).Status);
    }

    [Fact]
    public async Task A_body_of_256_kB_is_read_and_a_larger_one_is_not()
    {
        Assert.Equal(200, (await shared.PostAsync("triage", Body.PadRight(Largest))).Status);
        Assert.True(await shared.PostAsync("triage", Body.PadRight(Largest + 1)) is { Status: 413, IsProblem: true });
        Assert.True(await shared.SendAsync(HttpMethod.Post, "triage", shared.Key, new Unmeasured(Largest + 1)) is { Status: 413, IsProblem: true });
        using var text = new StringContent(Body, Encoding.UTF8, "text/plain");
        Assert.True(await shared.SendAsync(HttpMethod.Post, "triage", shared.Key, text) is { Status: 415, IsProblem: true });
    }

    private sealed class Clinic : IAsyncDisposable
    {
        private readonly ApiProgram program = new();

        public async Task<ApiProgram> StartAsync()
        {
            await program.InitializeAsync();
            return program;
        }

        public async ValueTask DisposeAsync() => await program.DisposeAsync();
    }

    /// <summary>A body that does not say how long it is.</summary>
    private sealed class Unmeasured : HttpContent
    {
        private readonly int length;

        public Unmeasured(int length)
        {
            this.length = length;
            Headers.ContentType = new MediaTypeHeaderValue("application/json");
        }

        protected override async Task SerializeToStreamAsync(Stream stream, System.Net.TransportContext? context) => await stream.WriteAsync(Encoding.UTF8.GetBytes(Body.PadRight(length)));

        protected override bool TryComputeLength(out long length)
        {
            length = 0;
            return false;
        }
    }
}
