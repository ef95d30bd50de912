using MesoClinic.Application.Staff;
using MesoClinic.Data.Accounts;
using MesoClinic.Domain.Staff;
using MesoClinic.Testing;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace MesoClinic.Application.Tests.Staff;

public sealed class StaffTests
{
    [Theory]
    [OnSqlite]
    [OnSqlServer]
    public async Task A_new_person_gets_a_link_that_works_once(Engine engine)
    {
        await using var clinic = await TestClinic.OpenAsync(engine);
        var manager = await clinic.AddManagerAsync();
        var invitation = await AddAsync(clinic, manager, "irina@clinic.example");
        var link = (await clinic.SendAsync(manager, new GetInvitationLink.Query(invitation))).Value!;
        Assert.Equal("irina@clinic.example", link.Email);
        var invited = (await clinic.SendAsync(null, new CheckInvitation.Query(link.Secret))).Value!;
        Assert.Equal((true, PasswordRules.StaffLength), (invited.IsNew, invited.PasswordLength));

        Assert.True((await AcceptAsync(clinic, link.Secret, "seven blue kettles sing")).Succeeded);
        Assert.IsType<Failure.NotFound>((await AcceptAsync(clinic, link.Secret, "seven red kettles sing")).Failure);
        Assert.IsType<Failure.NotFound>((await clinic.SendAsync(manager, new GetInvitationLink.Query(invitation))).Failure);
        Assert.DoesNotContain(link.Secret, await clinic.InDatabaseAsync(db => db.ProcessedCommands.Select(command => command.Result).ToListAsync()));
    }

    [Theory]
    [OnSqlite]
    [OnSqlServer]
    public async Task A_link_ends_after_seven_days_and_when_a_newer_one_is_made(Engine engine)
    {
        await using var clinic = await TestClinic.OpenAsync(engine);
        var manager = await clinic.AddManagerAsync();
        var first = (await clinic.SendAsync(manager, new GetInvitationLink.Query(await AddAsync(clinic, manager, "irina@clinic.example")))).Value!;
        var irina = await clinic.InDatabaseAsync(db => db.Users.Where(user => user.Email == "irina@clinic.example").Select(user => user.Id).SingleAsync());
        var renewed = (await clinic.SendAsync(manager, new RenewInvitation.Command { UserId = irina })).Value;
        Assert.Null((await clinic.SendAsync(null, new CheckInvitation.Query(first.Secret))).Value);
        var second = (await clinic.SendAsync(manager, new GetInvitationLink.Query(renewed))).Value!;
        clinic.Clock.Advance(TimeSpan.FromDays(7));
        Assert.IsType<Failure.NotFound>((await AcceptAsync(clinic, second.Secret, "seven blue kettles sing")).Failure);
    }

    [Fact]
    public async Task A_link_is_shown_again_for_a_quarter_of_an_hour_only()
    {
        await using var clinic = await TestClinic.OpenAsync(Engine.Sqlite);
        var manager = await clinic.AddManagerAsync();
        var invitation = await AddAsync(clinic, manager, "irina@clinic.example");
        clinic.Clock.Advance(OneTimeSecrets.Shown);
        Assert.IsType<Failure.NotFound>((await clinic.SendAsync(manager, new GetInvitationLink.Query(invitation))).Failure);
    }

    [Fact]
    public async Task A_clinician_cannot_make_a_link_for_a_colleague()
    {
        await using var clinic = await TestClinic.OpenAsync(Engine.Sqlite);
        var manager = await clinic.AddManagerAsync();
        var cosmetologist = await clinic.AddCosmetologistAsync();
        Assert.IsType<Failure.NotFound>((await clinic.SendAsync(cosmetologist, new RenewInvitation.Command { UserId = manager })).Failure);
        var invitation = (await clinic.SendAsync(manager, new RenewInvitation.Command { UserId = manager })).Value;
        Assert.IsType<Failure.NotFound>((await clinic.SendAsync(cosmetologist, new GetInvitationLink.Query(invitation))).Failure);
    }

    [Theory]
    [OnSqlite]
    [OnSqlServer]
    public async Task A_closed_account_is_refused_at_once_and_its_links_end(Engine engine)
    {
        await using var clinic = await TestClinic.OpenAsync(engine);
        var manager = await clinic.AddManagerAsync();
        var irina = await clinic.AddCosmetologistAsync();
        var other = await clinic.AddManagerAsync("Other");
        var link = (await clinic.SendAsync(manager, new GetInvitationLink.Query((await clinic.SendAsync(manager, new RenewInvitation.Command { UserId = other })).Value))).Value!;
        await HavePasswordAsync(clinic, manager);
        Assert.True((await clinic.SendAsync(manager, new SetStaffActive.Command { Id = other, IsActive = false })).Succeeded);
        Assert.IsType<Failure.Forbidden>((await clinic.SendAsync(other, new ListStaff.Query())).Failure);
        Assert.IsType<Failure.NotFound>((await AcceptAsync(clinic, link.Secret, "seven blue kettles sing")).Failure);
        Assert.True((await clinic.SendAsync(manager, new SetStaffActive.Command { Id = irina, IsActive = false })).Succeeded);
        Assert.True((await clinic.SendAsync(manager, new SetStaffActive.Command { Id = irina, IsActive = true })).Succeeded);
    }

    [Fact]
    public async Task The_clinic_keeps_a_manager_and_nobody_shuts_themselves_out()
    {
        await using var clinic = await TestClinic.OpenAsync(Engine.Sqlite);
        var (first, second) = (await clinic.AddManagerAsync("First"), await clinic.AddManagerAsync("Second"));
        await HavePasswordAsync(clinic, second);
        Assert.IsType<Failure.Conflict>((await clinic.SendAsync(first, new SetStaffActive.Command { Id = first, IsActive = false })).Failure);

        // The first has not chosen a password yet: with the second gone, nobody could sign in.
        Assert.IsType<Failure.Conflict>((await clinic.SendAsync(first, new SetStaffActive.Command { Id = second, IsActive = false })).Failure);
        var member = (await clinic.SendAsync(first, new ListStaff.Query())).Value!.Single(m => m.Id == second);
        var demotion = new EditStaff.Command { Id = second, Version = member.Version, Name = member.Name, IsCosmetologist = true, Qualification = Qualification.Nurse };
        Assert.Contains(nameof(demotion.IsManager), Assert.IsType<Failure.Invalid>((await clinic.SendAsync(first, demotion)).Failure).Errors.Keys);

        await HavePasswordAsync(clinic, first);
        Assert.True((await clinic.SendAsync(first, demotion)).Succeeded);
        Assert.IsType<Failure.Forbidden>((await clinic.SendAsync(second, new ListStaff.Query())).Failure);
    }

    [Fact]
    public async Task The_second_of_two_editors_is_told()
    {
        await using var clinic = await TestClinic.OpenAsync(Engine.Sqlite);
        var manager = await clinic.AddManagerAsync();
        var irina = await clinic.AddCosmetologistAsync();
        var version = (await clinic.SendAsync(manager, new ListStaff.Query())).Value!.Single(m => m.Id == irina).Version;
        EditStaff.Command Edit(string name) => new() { Id = irina, Version = version, Name = name, IsCosmetologist = true, Qualification = Qualification.Nurse };
        Assert.True((await clinic.SendAsync(manager, Edit("Irina One"))).Succeeded);
        Assert.IsType<Failure.Stale>((await clinic.SendAsync(manager, Edit("Irina Two"))).Failure);
        Assert.Equal("Irina One", await clinic.InDatabaseAsync(db => db.Users.Where(user => user.Id == irina).Select(user => user.DisplayName).SingleAsync()));
    }

    [Theory]
    [InlineData("short", "at least 15")]
    [InlineData("passwordpassword", "Many people")]
    [InlineData("Password123456789", "Many people")]
    [InlineData("aaaaaaaaaaaaaaaaaa", "repeats")]
    [InlineData("irina likes the sea", "email's name")]
    [InlineData("harrow-lane-clinic!", "clinic's name")]
    public void A_guessable_password_is_refused_in_plain_words(string password, string because) =>
        Assert.Contains(because, PasswordRules.Problem(password, PasswordRules.StaffLength, "irina@clinic.example", "Harrow Lane Clinic"), StringComparison.Ordinal);

    [Theory]
    [InlineData("seven blue kettles sing")]
    [InlineData("Demo-clinic-2026!")]
    [InlineData("пятнадцать синих чайников")]
    public void Length_without_composition_rules_is_enough(string password) =>
        Assert.Null(PasswordRules.Problem(password, PasswordRules.StaffLength, "irina@clinic.example", "Harrow Lane Clinic"));

    [Theory]
    [OnSqlite]
    [OnSqlServer]
    public async Task An_api_key_is_stored_hashed_and_ends_when_told(Engine engine)
    {
        await using var clinic = await TestClinic.OpenAsync(engine);
        var manager = await clinic.AddManagerAsync();
        var id = (await clinic.SendAsync(manager, new CreateApiKey.Command { Name = "Front desk" })).Value;
        var key = (await clinic.SendAsync(manager, new GetApiKey.Query(id))).Value!;
        var stored = await clinic.InDatabaseAsync(db => db.ApiKeys.SingleAsync());
        Assert.Equal(ApiKeyHash.Of(key.Secret), stored.KeyHash);
        Assert.True((await clinic.SendAsync(manager, new RevokeApiKey.Command { Id = id })).Succeeded);
        Assert.NotNull((await clinic.SendAsync(manager, new ListApiKeys.Query())).Value!.Single().RevokedUtc);
        Assert.IsType<Failure.NotFound>((await clinic.SendAsync(manager, new GetApiKey.Query(id))).Failure);
    }

    [Fact]
    public async Task An_impossible_time_zone_is_refused_beside_its_field()
    {
        await using var clinic = await TestClinic.OpenAsync(Engine.Sqlite);
        var manager = await clinic.AddManagerAsync();
        var stored = (await clinic.SendAsync(manager, new GetClinicSettings.Query())).Value!;
        var outcome = await clinic.SendAsync(manager, new ChangeClinicSettings.Command
        {
            Version = stored.Version,
            Name = stored.Name,
            Phone = stored.Phone,
            EmergencyNumber = stored.EmergencyNumber,
            TimeZone = "Europe/Londn",
            Hemisphere = stored.Hemisphere,
        });
        Assert.Equal([nameof(ChangeClinicSettings.Command.TimeZone)], Assert.IsType<Failure.Invalid>(outcome.Failure).Errors.Keys);
    }

    [Fact]
    public async Task Where_the_emergency_kit_lies_is_kept_and_stays_within_a_line()
    {
        await using var clinic = await TestClinic.OpenAsync(Engine.Sqlite);
        var manager = await clinic.AddManagerAsync();
        Assert.Equal([nameof(ChangeClinicSettings.Command.EmergencyKit)], Assert.IsType<Failure.Invalid>((await ChangeAsync(new string('x', 201))).Failure).Errors.Keys);

        (await ChangeAsync(" Red case, Room 1 ")).Must();

        Assert.Equal("Red case, Room 1", (await clinic.SendAsync(manager, new GetClinicSettings.Query())).Must().EmergencyKit);

        async Task<Outcome<Done>> ChangeAsync(string kit)
        {
            var stored = (await clinic.SendAsync(manager, new GetClinicSettings.Query())).Must();
            return await clinic.SendAsync(manager, new ChangeClinicSettings.Command
            {
                Version = stored.Version, Name = stored.Name, Phone = stored.Phone, EmergencyNumber = stored.EmergencyNumber, EmergencyKit = kit, TimeZone = stored.TimeZone, Hemisphere = stored.Hemisphere,
            });
        }
    }

    [Fact]
    public async Task A_clinic_is_set_up_once_and_only_with_the_code()
    {
        await using var clinic = await TestClinic.OpenAsync(Engine.Sqlite);
        await clinic.InDatabaseAsync(db => db.Clinics.ExecuteDeleteAsync());
        await using var scope = clinic.Scope();
        var code = (SetupCode)scope.ServiceProvider.GetService(typeof(SetupCode))!;
        SetUpClinic.Command Form(string typed) => new()
        {
            Code = typed, ClinicName = "Harrow Lane", Phone = "020 7946 0142", EmergencyNumber = "999", TimeZone = "Europe/London", ManagerName = "Sofia Brandt",
            Email = "sofia@harrow.example", Password = "four quiet green lamps", PasswordAgain = "four quiet green lamps",
        };
        Assert.Contains("Code", Assert.IsType<Failure.Invalid>((await clinic.SendAsync(null, Form(code.ToString()))).Failure).Errors.Keys);
        code.Open();
        Assert.Contains("Code", Assert.IsType<Failure.Invalid>((await clinic.SendAsync(null, Form("AAAA-BBBB-CCCC"))).Failure).Errors.Keys);
        Assert.True((await clinic.SendAsync(null, Form(code.ToString().ToLowerInvariant()))).Succeeded);
        Assert.False(code.IsOpen);
        Assert.Equal([ClinicRoles.Manager], (await clinic.SendAsync(await clinic.InDatabaseAsync(db => db.Staff.Select(staff => staff.Id).SingleAsync()), new ListStaff.Query())).Value!.Single().Roles);
        code.Open();
        Assert.IsType<Failure.Conflict>((await clinic.SendAsync(null, Form(code.ToString()))).Failure);
    }

    private static async Task<Guid> AddAsync(TestClinic clinic, Guid manager, string email)
    {
        var outcome = await clinic.SendAsync(manager, new AddStaff.Command { Name = "Irina Volkova", Email = email, IsCosmetologist = true, Qualification = Qualification.Nurse, TakesAppointments = true });
        Assert.True(outcome.Succeeded);
        return outcome.Value;
    }

    private static Task<Outcome<Done>> AcceptAsync(TestClinic clinic, string secret, string password) =>
        clinic.SendAsync(null, new AcceptInvitation.Command { Secret = secret, Password = password, PasswordAgain = password });

    private static Task<int> HavePasswordAsync(TestClinic clinic, Guid user) =>
        clinic.InDatabaseAsync(db => db.Users.Where(u => u.Id == user).ExecuteUpdateAsync(u => u.SetProperty(x => x.PasswordHash, "set")));
}
