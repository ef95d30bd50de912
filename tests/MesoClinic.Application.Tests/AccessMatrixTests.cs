using System.Reflection;
using System.Runtime.CompilerServices;
using MediatR;
using MesoClinic.Application.Staff;
using MesoClinic.Testing;
using Xunit;

namespace MesoClinic.Application.Tests;

/// <summary>
/// Who may send which request: access-matrix.txt lists every one with its roles, and each is sent as every kind of person.
/// After a deliberate change run the tests with MESOCLINIC_WRITE_ACCESS_MATRIX=1 and read the difference in the review.
/// </summary>
public sealed class AccessMatrixTests
{
    private static readonly string[] Kinds = ["anonymous", "patient", "cosmetologist", "physician", "manager", "disabled", "demoted", "api"];
    private static readonly IReadOnlyList<Type> Requests =
        [.. typeof(IClinicRequest).Assembly.GetTypes().Where(type => !type.IsAbstract && type.IsAssignableTo(typeof(IClinicRequest))).OrderBy(NameOf, StringComparer.Ordinal)];

    [Fact]
    public async Task Every_request_is_refused_to_exactly_the_people_that_the_matrix_does_not_name()
    {
        await using var clinic = await TestClinic.OpenAsync(Engine.Sqlite);
        var people = await PeopleAsync(clinic);
        var found = new List<string>();
        foreach (var request in Requests)
        {
            var permitted = new List<string>();
            foreach (var kind in Kinds)
            {
                if (await IsPermittedAsync(clinic, request, kind, people.GetValueOrDefault(kind)))
                {
                    permitted.Add(kind);
                }
            }

            found.Add($"{NameOf(request)}: {string.Join(' ', permitted)}".TrimEnd());
        }

        if (Environment.GetEnvironmentVariable("MESOCLINIC_WRITE_ACCESS_MATRIX") == "1")
        {
            await File.WriteAllLinesAsync(SourceFile(), [Header, .. found]);
        }

        var expected = (await File.ReadAllLinesAsync(SourceFile())).Where(line => line.Length > 0 && line[0] != '#').ToList();
        Assert.True(found.Except(expected).Concat(expected.Except(found)).ToList() is { Count: 0 },
            "The access matrix differs.\nNow: " + string.Join("\n     ", found.Except(expected)) + "\nIn access-matrix.txt: " + string.Join("\n     ", expected.Except(found)));
    }

    private const string Header = "# Who is let in at the door. A physician's qualification, and which patient it is about, are checked by the handler.";

    [Fact]
    public void Nobody_gains_a_permission_by_having_no_role()
    {
        foreach (var permission in Enum.GetValues<Permission>().Where(permission => permission != Permission.Anyone))
        {
            Assert.False(Permissions.Allows([], permission), $"{permission} is open to an account without a role");
        }
    }

    private static async Task<Dictionary<string, Guid>> PeopleAsync(TestClinic clinic)
    {
        var manager = await clinic.AddManagerAsync();
        var disabled = await clinic.AddCosmetologistAsync("Disabled");
        Assert.True((await clinic.SendAsync(manager, new SetStaffActive.Command { Id = disabled, IsActive = false })).Succeeded);
        return new(StringComparer.Ordinal)
        {
            ["patient"] = await clinic.AddPatientAccountAsync(await clinic.AddPatientAsync()),
            ["cosmetologist"] = await clinic.AddCosmetologistAsync(),
            ["physician"] = await clinic.AddCosmetologistAsync("Dr Paul Adler", Domain.Staff.Qualification.Physician),
            ["manager"] = manager,
            ["disabled"] = disabled,
            ["demoted"] = await clinic.AddStaffAsync("Demoted", Domain.Staff.Qualification.None, takesAppointments: false),
        };
    }

    /// <summary>Permitted means that the request got past the door: what it is refused for afterwards does not matter here.</summary>
    private static async Task<bool> IsPermittedAsync(TestClinic clinic, Type type, string kind, Guid user)
    {
        await using var scope = clinic.Scope();
        var services = scope.ServiceProvider;
        var current = (CurrentUser)services.GetService(typeof(CurrentUser))!;
        if (kind == "api")
        {
            current.IsApiClient("test");
        }
        else
        {
            current.Is(kind == "anonymous" ? null : user, null, "test");
        }

        var mediator = (IMediator)services.GetService(typeof(IMediator))!;
        try
        {
            var answer = type.GetInterfaces().Single(contract => contract.IsGenericType && contract.GetGenericTypeDefinition() == typeof(IRequest<>)).GetGenericArguments()[0];
            var send = typeof(AccessMatrixTests).GetMethod(nameof(SendAsync), BindingFlags.Static | BindingFlags.NonPublic)!.MakeGenericMethod(answer.GetGenericArguments()[0]);
            return await (Task<Failure?>)send.Invoke(null, [mediator, New(type)])! is not Failure.Forbidden;
        }
        catch (Exception error) when (error is not Xunit.Sdk.XunitException)
        {
            // An empty request may be more than a handler reads; it was let in.
            return true;
        }
    }

    private static async Task<Failure?> SendAsync<T>(IMediator mediator, IRequest<Outcome<T>> request) => (await mediator.Send(request)).Failure;

    private static object New(Type type)
    {
        var constructor = type.GetConstructors().MinBy(candidate => candidate.GetParameters().Length);
        return constructor is null ? RuntimeHelpers.GetUninitializedObject(type)
            : constructor.Invoke([.. constructor.GetParameters().Select(parameter => parameter.HasDefaultValue ? parameter.DefaultValue
                : parameter.ParameterType.IsValueType ? Activator.CreateInstance(parameter.ParameterType) : null)]);
    }

    private static string NameOf(Type request) => request.DeclaringType?.Name ?? request.Name;

    private static string SourceFile([CallerFilePath] string thisFile = "") => Path.Combine(Path.GetDirectoryName(thisFile)!, "access-matrix.txt");
}
