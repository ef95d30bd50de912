using System.Security.Claims;
using Bunit;
using Bunit.TestDoubles;
using MesoClinic.Application;
using MesoClinic.Testing;
using MesoClinic.Web.Components.Layout;
using MesoClinic.Web.Tests.Patients;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Forms;
using Microsoft.Extensions.DependencyInjection;

namespace MesoClinic.Web.Tests.Layout;

public sealed class LayoutTests : BunitContext, IAsyncLifetime
{
    private TestClinic _clinic = null!;
    private BunitAuthorizationContext _user = null!;

    public async Task InitializeAsync()
    {
        _clinic = await TestClinic.OpenAsync(Engine.Sqlite);
        _user = this.UseClinic(_clinic, await _clinic.AddManagerAsync());
        Services.AddSingleton(new ClinicCardSource(new ClinicCard("Harrow Lane Clinic", "020 7946 0142", "999", Demo: true)));
        Services.AddSingleton<DiskAlarm>().AddSingleton<AntiforgeryStateProvider, NoToken>();
    }

    async Task IAsyncLifetime.DisposeAsync()
    {
        await DisposeAsync();
        await _clinic.DisposeAsync();
    }

    [Fact]
    public async Task A_manager_sees_how_many_complications_are_open()
    {
        var hannah = await _clinic.AddPatientAsync();
        await _clinic.AddComplicationAsync(hannah);
        await _clinic.AddComplicationAsync(hannah, closed: true);
        SignIn("Manager");
        var layout = Staff();

        layout.WaitForAssertion(() => Assert.Equal("1 open", layout.Find(".nav a[href=complications] .count").TextContent), TimeSpan.FromSeconds(20));
        SignIn("Cosmetologist");
        Assert.Empty(Staff().FindAll(".count"));
    }

    [Theory]
    [InlineData("Cosmetologist", "today calendar patients courses complications lots rules")]
    [InlineData("Manager", "complications calendar patients courses lots rules audit staff")]
    [InlineData("Cosmetologist Manager", "today calendar patients courses complications lots rules audit staff")]
    public void The_navigation_fits_the_role(string roles, string hrefs)
    {
        SignIn(roles);
        var layout = Staff();

        Assert.Equal(hrefs.Split(' '), layout.Find(".nav nav[aria-label=Main]").QuerySelectorAll("a").Select(link => link.GetAttribute("href")));
        Assert.Equal("Irina Volkova", layout.Find(".nav .me b").TextContent);
        Assert.Equal("account/password", layout.Find(".nav .me a").GetAttribute("href"));
    }

    [Fact]
    public void A_staff_page_has_a_way_past_the_navigation_and_a_sign_out_that_posts()
    {
        SignIn("Cosmetologist");
        var layout = Staff();

        Assert.EndsWith("#main", layout.Find("a.skip").GetAttribute("href"), StringComparison.Ordinal);
        Assert.Equal("MAIN", layout.Find("#main").TagName);
        var form = layout.Find(".nav form");
        Assert.Equal(("post", "/account/logout"), (form.GetAttribute("method"), form.GetAttribute("action")));
        Assert.Equal("Sign out", form.QuerySelector("button")!.GetAttribute("aria-label"));
    }

    [Fact]
    public void A_patient_always_sees_how_to_tell_and_how_to_call()
    {
        SignIn("Patient");
        var layout = Render<PatientLayout>(p => p.Add(x => x.Body, "<h1>Home</h1>"));

        Assert.Equal(["me/report", "tel:02079460142"], layout.FindAll("nav[aria-label=Help] a").Select(link => link.GetAttribute("href")));
        Assert.Equal(
            ["me", "me/aftercare", "me/appointments", "me/questionnaire", "me/photos", "me/consents", "me/report", "me/access", "account/password"],
            layout.FindAll("nav[aria-label=Main] a").Select(link => link.GetAttribute("href")));
        Assert.Contains("Harrow Lane Clinic", layout.Find("header").TextContent, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true, 1)]
    [InlineData(false, 0)]
    public void The_demo_clinic_says_so_on_every_page_and_a_real_one_does_not(bool demo, int banners)
    {
        Services.GetRequiredService<ClinicCardSource>().Current = new ClinicCard("Clinic", "1", "112", demo);
        SignIn("Patient");

        Assert.Equal(banners, Staff().FindAll(".demo-banner").Count);
        Assert.Equal(banners, Render<PatientLayout>().FindAll(".demo-banner").Count);
        Assert.Equal(banners, Render<AccountLayout>().FindAll(".demo-banner").Count);
        Assert.Equal(banners, Render<PlainLayout>().FindAll(".demo-banner").Count);
    }

    [Fact]
    public void Where_no_telephone_number_is_set_nobody_is_asked_to_call_it()
    {
        Services.GetRequiredService<ClinicCardSource>().Current = new ClinicCard("Clinic", "", "112", Demo: false);
        SignIn("Patient");

        Assert.Equal(["me/report"], Render<PatientLayout>().FindAll("nav[aria-label=Help] a").Select(link => link.GetAttribute("href")));
        Assert.Empty(Render<MissingPage>().FindAll("a[href^=tel]"));
        Assert.Empty(Render<AccountLayout>().FindAll("a[href^=tel]"));
        Assert.EndsWith("forgotten password.", Render<AccountLayout>().Find("footer").TextContent.Trim(), StringComparison.Ordinal);
    }

    private void SignIn(string roles) =>
        _user.SetAuthorized("someone@demo.example").SetRoles(roles.Split(' ')).SetClaims(new Claim("display_name", "Irina Volkova"));

    private IRenderedComponent<StaffLayout> Staff() => Render<StaffLayout>(p => p.Add(x => x.Body, "<h1>Today</h1>"));

    private sealed class NoToken : AntiforgeryStateProvider
    {
        public override AntiforgeryRequestToken? GetAntiforgeryToken() => null;
    }
}
