using System.Net;
using System.Text;
using MesoClinic.Application.Clinics.Demo;
using MesoClinic.Data;
using MesoClinic.Domain.Sessions;
using MesoClinic.Web.Tests.Account;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace MesoClinic.Web.Tests.Sessions;

/// <summary>What of a record is printed, downloaded or looked at by its own address: for those who may open the chart, for nobody else, and never kept by a browser.</summary>
public sealed class RecordAccessTests(RecordAccessTests.DemoRecords records) : IClassFixture<RecordAccessTests.DemoRecords>
{
    [Theory]
    [InlineData("map")]
    [InlineData("label")]
    [InlineData("photo")]
    [InlineData("consent")]
    [InlineData("consents page")]
    public async Task What_a_record_shows_is_for_those_who_may_open_the_chart_and_is_kept_by_no_browser(string name)
    {
        var address = records.Staff[name];
        using var hers = await records.SignedInAsync(DemoClinic.CosmetologistEmail);
        var shown = await hers.GetAsync(address);
        Assert.Equal(HttpStatusCode.OK, shown.StatusCode);
        Assert.True(shown.Headers.CacheControl!.NoStore);
        Assert.True(name == "photo" || records.Secrets.Exists(Encoding.UTF8.GetString(await shown.Content.ReadAsByteArrayAsync()).Contains));

        foreach (var stranger in new[] { null, DemoClinic.PatientEmail, DemoClinic.PhysicianEmail })
        {
            using var browser = await records.SignedInAsync(stranger);
            await RefusesAsync(browser, address);
        }
    }

    [Theory]
    [InlineData("label", "sessions")]
    [InlineData("consent", "consents")]
    public async Task Staff_who_may_open_the_chart_with_a_reason_are_led_to_where_it_is_said(string name, string tab)
    {
        using var physician = await records.SignedInAsync(DemoClinic.PhysicianEmail);
        Assert.Contains($"patients/{records.Patient}/{tab}\">Say why", await physician.GetStringAsync(records.Staff[name]), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("photo")]
    [InlineData("consent")]
    public async Task Patients_see_their_own_and_nobody_elses(string name)
    {
        using var own = await records.SignedInAsync(DemoClinic.PatientEmail);
        var shown = await own.GetAsync(records.Own[name]);
        Assert.Equal(HttpStatusCode.OK, shown.StatusCode);
        Assert.True(shown.Headers.CacheControl!.NoStore);
        await RefusesAsync(own, records.Others[name]);

        foreach (var stranger in new[] { null, DemoClinic.CosmetologistEmail })
        {
            using var browser = await records.SignedInAsync(stranger);
            await RefusesAsync(browser, records.Own[name]);
        }
    }

    [Fact]
    public async Task A_photo_is_taken_in_from_nobody_who_is_not_signed_in()
    {
        using var nobody = await records.SignedInAsync(null);
        using var picture = new ByteArrayContent([0xFF, 0xD8, 0xFF]);

        var answer = await nobody.PostAsync(new Uri("/photos", UriKind.Relative), picture);

        Assert.Equal("/account/login", answer.Headers.Location!.AbsolutePath);
    }

    /// <summary>Another page, or this one without anything of the record. (Who a patient is, staff may know; the chart asks for a reason.)</summary>
    private async Task RefusesAsync(HttpClient browser, Uri address)
    {
        var answer = await browser.GetAsync(address);
        var body = await answer.Content.ReadAsStringAsync();
        Assert.All(records.Secrets, secret => Assert.DoesNotContain(secret, body, StringComparison.Ordinal));
        Assert.NotEqual("image", answer.Content.Headers.ContentType?.MediaType?.Split('/')[0]);
        Assert.True(answer.StatusCode != HttpStatusCode.OK || answer.Headers.CacheControl!.NoStore);
    }

    /// <summary>The demo clinic: one patient has an account, another belongs to the same cosmetologist, a physician is assigned to neither.</summary>
    public sealed class DemoRecords : IAsyncLifetime, IDisposable
    {
        private readonly Portal portal = new() { Demo = true };

        /// <summary>Whose records they are.</summary>
        public Guid Patient { get; private set; }

        /// <summary>What only the pages themselves show.</summary>
        public List<string> Secrets { get; private set; } = [];
        public Dictionary<string, Uri> Staff { get; } = new(StringComparer.Ordinal);
        public Dictionary<string, Uri> Own { get; } = new(StringComparer.Ordinal);
        public Dictionary<string, Uri> Others { get; } = new(StringComparer.Ordinal);

        public async Task InitializeAsync()
        {
            await using var scope = portal.Services.CreateAsyncScope();
            var db = scope.ServiceProvider.GetRequiredService<ClinicDbContext>();
            var hannah = await db.Patients.Where(p => p.FamilyName == "Lindqvist").Select(p => p.Id).SingleAsync();
            Patient = hannah;
            var marta = await db.PatientAccounts.Select(account => account.PatientId).SingleAsync();
            var session = await db.Sessions.Where(s => s.PatientId == hannah && s.SignedUtc != null).OrderByDescending(s => s.SignedUtc).Select(s => s.Id).FirstAsync();
            var (photo, consent) = await OfAsync(db, hannah);
            Secrets = ["<svg xmlns", "mix-label", $"consents/{consent}\">", (await db.Consents.Where(c => c.Id == consent).Select(c => c.ContentHash).SingleAsync()), (await db.CocktailLines.Where(l => l.SessionId == session).Select(l => l.LotNumber).FirstAsync())];
            foreach (var (name, path) in new[]
            {
                ("map", $"/sessions/{session}/map.svg"), ("label", $"/sessions/{session}/label"), ("photo", $"/photos/{photo}"),
                ("consent", $"/consents/{consent}"), ("consents page", $"/patients/{hannah}/consents"),
            })
            {
                Staff[name] = new Uri(path, UriKind.Relative);
            }

            Note(Others, photo, consent);
            var (ownPhoto, ownConsent) = await OfAsync(db, marta);
            Note(Own, ownPhoto, ownConsent);
        }

        /// <summary>Null: nobody is signed in.</summary>
        public async Task<HttpClient> SignedInAsync(string? email)
        {
            var browser = portal.Browser();
            if (email is not null)
            {
                Assert.Equal(HttpStatusCode.Redirect, (await Portal.SignInAsync(browser, email, DemoClinic.Password)).StatusCode);
            }

            return browser;
        }

        public void Dispose() => portal.Dispose();

        public Task DisposeAsync() => Task.CompletedTask;

        private static async Task<(Guid Photo, Guid Consent)> OfAsync(ClinicDbContext db, Guid patient) => (
            await db.Photos.Where(p => p.PatientId == patient).Select(p => p.Id).FirstAsync(),
            await db.Consents.Where(c => c.PatientId == patient && c.Kind == ConsentKind.Treatment).Select(c => c.Id).FirstAsync());

        private static void Note(Dictionary<string, Uri> addresses, Guid photo, Guid consent) =>
            (addresses["photo"], addresses["consent"]) = (new Uri($"/me/photos/{photo}", UriKind.Relative), new Uri($"/me/consents/{consent}", UriKind.Relative));
    }
}
