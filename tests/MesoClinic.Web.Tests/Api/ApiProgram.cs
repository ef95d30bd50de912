using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using MesoClinic.Application.Staff;
using MesoClinic.Data;
using MesoClinic.Web.Tests.Account;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace MesoClinic.Web.Tests.Api;

/// <summary>Another program with a key that the clinic's manager has made.</summary>
public sealed class ApiProgram : IAsyncLifetime
{
    private Guid manager;

    public Portal Portal { get; } = new();
    public Guid KeyId { get; private set; }
    public string Key { get; private set; } = "";

    public async Task InitializeAsync()
    {
        await Portal.SetUpAsync();
        await using (var scope = Portal.Services.CreateAsyncScope())
        {
            manager = await scope.ServiceProvider.GetRequiredService<ClinicDbContext>().Users.Select(user => user.Id).SingleAsync();
        }

        KeyId = (await Portal.SendAsync(new CreateApiKey.Command { Name = "Front desk software" }, manager)).Value;
        Key = (await Portal.SendAsync(new GetApiKey.Query(KeyId), manager)).Value!.Secret;
    }

    public async Task DisposeAsync() => await Portal.DisposeAsync();

    public Task RevokeAsync() => Portal.SendAsync(new RevokeApiKey.Command { Id = KeyId }, manager);

    public Task<Answer> PostAsync(string endpoint, string body) => PostAsync(endpoint, body, Key);

    public async Task<Answer> PostAsync(string endpoint, string body, string? key)
    {
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        return await SendAsync(HttpMethod.Post, endpoint, key, content);
    }

    public async Task<Answer> SendAsync(HttpMethod method, string endpoint, string? key, HttpContent? content = null)
    {
        using var http = Portal.Browser();
        using var request = new HttpRequestMessage(method, new Uri($"/api/{endpoint}", UriKind.Relative)) { Content = content };
        request.Headers.Authorization = key is null ? null : new AuthenticationHeaderValue("Bearer", key);
        using var response = await http.SendAsync(request);
        return new Answer(
            (int)response.StatusCode, response.Content.Headers.ContentType?.MediaType, response.Headers.RetryAfter?.Delta, JsonNode.Parse(await response.Content.ReadAsStringAsync())!);
    }

    public async Task<JsonNode> DocumentAsync()
    {
        using var http = Portal.Browser();
        return JsonNode.Parse(await http.GetStringAsync(new Uri("/openapi/v1.json", UriKind.Relative)))!;
    }

    public sealed record Answer(int Status, string? Type, TimeSpan? RetryAfter, JsonNode Body)
    {
        public bool IsProblem => Type == "application/problem+json" && (int?)Body["status"] == Status;

        public IReadOnlyDictionary<string, string> Errors => Body["errors"]!.AsObject().ToDictionary(error => error.Key, error => string.Join(' ', error.Value!.AsArray()), StringComparer.Ordinal);
    }
}
