using Bunit;
using MesoClinic.Application;
using MesoClinic.Application.Booking;
using MesoClinic.Application.Patients;
using MesoClinic.Application.Rules;
using MesoClinic.Data.Accounts;
using MesoClinic.Domain.Staff;
using MesoClinic.Testing;
using MesoClinic.Web.Components.RulePages;
using MesoClinic.Web.Tests.Patients;
using MesoClinic.Web.Tests.Shared;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace MesoClinic.Web.Tests.RulePages;

/// <summary>The physician's form on an appointment, and the list on which rules are signed, against a real clinic.</summary>
public sealed class OverridesCardTests : BunitContext, IAsyncLifetime
{
    private TestClinic clinic = null!;
    private Guid irina;
    private Guid physician;
    private Guid appointment;

    public async Task InitializeAsync()
    {
        clinic = await TestClinic.OpenAsync(Engine.Sqlite);
        irina = await clinic.AddCosmetologistAsync();
        physician = await clinic.AddStaffAsync("Dr Paul Adler", Qualification.Physician, takesAppointments: false, ClinicRoles.Cosmetologist);
        var room = await clinic.AddRoomAsync();
        var patient = await clinic.AddPatientAsync(new PatientOptions
        {
            HealthyHistory = true, AssignedTo = [irina, physician], With = p =>
            {
                p.Answers.RemoveAll(a => a.Question == "q-keloid-family");
                p.Answers.Add(new Domain.Patients.PatientAnswer { Question = "q-keloid-family", Value = "yes", AskedOn = clinic.Today, AskedUtc = clinic.Clock.GetUtcNow().UtcDateTime, AskedById = irina });
            },
        });
        await clinic.AddPastConsultationAsync(patient, irina, room);
        await clinic.InDatabaseAsync(async db =>
        {
            db.AllergyTests.Add(new Domain.Cocktails.AllergyTest { PatientId = patient, Ingredient = "ing-hyaluronic-acid", AppliedOn = clinic.Today.AddDays(-5), ReadOn = clinic.Today.AddDays(-3), Negative = true, AppliedById = irina });
            await db.SaveChangesAsync();
        });
        var booking = BookingBuilders.ABooking(patient, irina, room);
        booking.Acknowledged = [.. (await clinic.SendAsync(irina, new PreviewBooking.Query(booking))).Must().Assessment!.Findings.Select(finding => finding.Rule)];
        appointment = (await clinic.SendAsync(irina, booking)).Must();
    }

    async Task IAsyncLifetime.DisposeAsync() => await clinic.DisposeAsync();

    [Fact]
    public void Others_read_whom_to_ask_and_get_no_form()
    {
        var card = Card(irina);

        Assert.Contains("Dr Paul Adler can be asked", card.Markup, StringComparison.Ordinal);
        Assert.Empty(card.FindAll("select, textarea, button"));
    }

    [Fact]
    public async Task The_physicians_form_says_what_is_missing_beside_its_fields_and_then_overrides()
    {
        var card = Card(physician);
        Assert.Contains("Keloids in close family", card.Markup, StringComparison.Ordinal);
        await card.SubmitAsync();
        Assert.Equal(2, card.FindAll("[aria-invalid=true]").Count);
        Assert.Contains("Choose a reason.", card.Markup, StringComparison.Ordinal);

        var seen = (await clinic.SendAsync(physician, new GetOverrides.Query(appointment))).Must().Open.Single();
        (await clinic.SendAsync(physician, new GiveOverride.Command { AppointmentId = appointment, Rule = seen.Rule, Binding = seen.Binding, Reason = Domain.Rules.OverrideReason.ToleratedBefore, Text = "Test area read without reaction." })).Must();

        var after = Card(physician);
        Assert.Contains("Counts until the appointment ends", after.Markup, StringComparison.Ordinal);
        Assert.Equal("Withdraw", after.Find("button").TextContent);
        Assert.Empty(after.FindAll("textarea"));
    }

    [Fact]
    public void A_physician_gets_a_tick_for_every_rule_to_read_and_a_place_to_sign_others_do_not()
    {
        UseRules(physician);
        var list = Render<RulesPage>();
        Assert.Equal(ListRules.PageSize, list.FindAll("input[name='Form.Rules']").Count);
        Assert.Contains($"Not signed off: 0 of {TestClinic.Book.Value.RuleHashes.Count} read", list.Find("h2").TextContent, StringComparison.Ordinal);
        Assert.Contains("Sign all that I have read", list.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public void Others_see_what_is_signed_and_cannot_sign()
    {
        UseRules(irina);
        var list = Render<RulesPage>();

        Assert.Empty(list.FindAll("input[name='Form.Rules']"));
        Assert.DoesNotContain("Sign all", list.Markup, StringComparison.Ordinal);
    }

    private void UseRules(Guid user)
    {
        this.UseClinic(clinic, user, ClinicRoles.Cosmetologist);
        Services.AddSingleton(new RuleBookSignature(clinic.Scope().ServiceProvider.GetRequiredService<IServiceScopeFactory>(), TimeProvider.System));
    }

    private IRenderedComponent<OverridesCard> Card(Guid user)
    {
        if (Services.All(service => service.ServiceType != typeof(ClinicSender)))
        {
            this.UseClinic(clinic, user, ClinicRoles.Cosmetologist);
        }

        return Render<OverridesCard>(card => card.Add(c => c.AppointmentId, appointment).Add(c => c.Start, new DateTime(2026, 6, 9, 10, 0, 0)));
    }
}
